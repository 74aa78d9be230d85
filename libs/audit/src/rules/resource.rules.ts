/** An id as ids are: what else stands in a path may be anybody's mail address. */
const plainId = /^[A-Za-z0-9_-][A-Za-z0-9._~-]{0,99}$/;

/**
 * What a route is about, such as `course:crs_…/roster` for `/api/courses/:id/roster`. Pure.
 *
 * @param template the route's path with its `:parameters`
 * @param params their values; one that is no id is left out as `?`
 */
export function resourceOf(template: string, params: Readonly<Record<string, unknown>> = {}): string {
  const segments = template.split('/').filter((segment) => segment !== '' && segment !== 'api');
  const parts: string[] = [];
  for (const [at, segment] of segments.entries()) {
    if (segment.startsWith(':')) continue;
    const next = segments[at + 1];
    parts.push(next?.startsWith(':') ? `${singular(segment)}:${idIn(params[next.slice(1)])}` : segment);
  }
  return parts.join('/');
}

function idIn(value: unknown): string {
  return isPlainId(value) ? value : '?';
}

/** Whether a value that a caller sent is an id, and not a name or an address that must not be kept. */
export function isPlainId(value: unknown): value is string {
  return typeof value === 'string' && plainId.test(value);
}

const singular = (plural: string) => plural.replace(/s$/, '');

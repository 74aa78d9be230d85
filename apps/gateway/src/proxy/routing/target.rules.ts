/** A request's target as the gateway understands it, and hands it on. */
export interface Target {
  /** Begins with a slash; no escapes of plain characters, no dot segments, no doubled slashes. */
  path: string;
  /** Without its question mark; empty where there is none. As it was sent. */
  query: string;
}

/** Longest request target, in characters. */
const maxTargetLength = 8_000;

/** Escapes that could make a second reader see another path: slash, backslash, NUL and other controls. */
const ambiguous = /%(?:2f|5c|[01][0-9a-f]|7f)/i;
const escape = /%([0-9a-f]{2})/gi;
const brokenEscape = /%(?![0-9a-f]{2})/i;
const visible = /^[\x21-\x7e]+$/;
const unreserved = /^[A-Za-z0-9._~-]$/;

/**
 * The target of a request line, normalised once; undefined for one that two readers could understand
 * differently, which is refused rather than repaired.
 *
 * Escapes of unreserved characters are undone (`%61` is `a`), others keep capital digits. Dot segments, doubled
 * slashes, backslashes, fragments, absolute URLs and what is no UTF-8 are refused.
 */
export function targetOf(url: string): Target | undefined {
  if (url.length > maxTargetLength || !visible.test(url) || !url.startsWith('/') || url.includes('#'))
    return undefined;
  const mark = url.indexOf('?');
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  const path = rawPath.includes('%') ? unescaped(rawPath) : rawPath;
  if (path === undefined || path.includes('\\') || path.includes('//')) return undefined;
  if (path.includes('/.') && path.split('/').some((segment) => segment === '.' || segment === '..'))
    return undefined;
  return { path, query };
}

function unescaped(path: string): string | undefined {
  if (ambiguous.test(path) || brokenEscape.test(path) || !isUtf8(path)) return undefined;
  return respelt(path);
}

function respelt(text: string): string {
  return text.replaceAll(escape, (written, digits: string) => {
    const character = String.fromCharCode(Number.parseInt(digits, 16));
    return unreserved.test(character) ? character : written.toUpperCase();
  });
}

function isUtf8(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}

/**
 * The same question always in the same words: escapes as in paths, a space as `%20`, parameters in order of name,
 * those of one name as they came.
 *
 * Guarantee: a service reads the same parameters from it as from `query`. Nothing is added, dropped or parsed, so
 * that what it would refuse in one it refuses in the other.
 */
export function normalisedQuery(query: string): string {
  const parameters = respelt(query.replaceAll('+', '%20')).split('&');
  return parameters.length === 1 ? (parameters[0] ?? '') : parameters.sort(byName).join('&');
}

function byName(a: string, b: string): number {
  const [nameOfA, nameOfB] = [bytesOf(nameOf(a)), bytesOf(nameOf(b))];
  if (nameOfA === nameOfB) return 0;
  return nameOfA < nameOfB ? -1 : 1;
}

/** A name with its escapes undone, byte by byte: `?` and `%3F` are one name, whose values stay in their order. */
function bytesOf(name: string): string {
  return name.replaceAll(escape, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function nameOf(parameter: string): string {
  const end = parameter.indexOf('=');
  return end < 0 ? parameter : parameter.slice(0, end);
}

/** A target as in a request line. */
export function textOf({ path, query }: Target): string {
  return query === '' ? path : `${path}?${query}`;
}

const entityTag = /(?:W\/)?"([^"]*)"/g;

/**
 * The tag of ours that the client has already (RFC 9110, 13.1.2), or undefined: `*` is any, a list is compared
 * weakly. Ours come without quotes, the preferred one first.
 */
export function matchingTag(header: string | undefined, ours: readonly string[]): string | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return ours[0];
  for (const [, tag] of header.matchAll(entityTag)) {
    if (tag !== undefined && ours.includes(tag)) return tag;
  }
  return undefined;
}

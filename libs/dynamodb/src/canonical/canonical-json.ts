/**
 * JSON with the keys of every object in order and without undefined members, so that equal values give equal
 * text whatever order they were written in.
 *
 * Throws TypeError for what JSON cannot hold as a document (undefined, functions, cycles).
 */
export function canonicalJson(value: unknown): string {
  const text = JSON.stringify(value, (_key, member: unknown) => (isPlain(member) ? inOrder(member) : member));
  if (text === undefined) throw new TypeError('canonicalJson needs a JSON value');
  return text;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOrder(value: Record<string, unknown>): Record<string, unknown> {
  // A null prototype, so that a member named `__proto__` stays a member.
  const ordered: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value).sort()) ordered[key] = value[key];
  return ordered;
}

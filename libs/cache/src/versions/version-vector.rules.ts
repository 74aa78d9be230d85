/**
 * A version vector: per component (a semester, a course, "v") the version it has seen.
 * A component that is not named counts as 0. Versions are whole numbers of 0 and above.
 */
export type VersionVector = Readonly<Record<string, number>>;

/** A vector, or a plain number `n` for the vector `{v: n}` of a thing that has one version only. */
export type Versions = number | VersionVector;

/**
 * What a put does to what is stored.
 * `accept`: it is at least as new. `older`: the stored one is newer. `conflict`: each has something
 * the other does not, so neither may be served.
 */
type PutVerdict = 'accept' | 'older' | 'conflict';

/** The empty vector, dominated by every other. */
export const nothingKnown: VersionVector = Object.freeze({});

/**
 * The vector for what a caller gave.
 *
 * @throws TypeError for a version that is not a whole number from 0 to 2^53 - 1.
 */
export function vectorOf(versions: Versions): VersionVector {
  const vector = typeof versions === 'number' ? { v: versions } : versions;
  for (const name in vector) {
    const version = vector[name];
    if (!Number.isSafeInteger(version) || Number(version) < 0) {
      throw new TypeError(
        `The version of "${name}" must be a whole number of 0 or above, not ${String(version)}.`,
      );
    }
  }
  return vector;
}

/** A component's version. Names are chosen by people: `constructor` is one, and not what every object inherits. */
function versionIn(vector: VersionVector, name: string): number {
  return Object.hasOwn(vector, name) ? (vector[name] ?? 0) : 0;
}

/** An empty vector whose components may have any name, `__proto__` too. */
function emptyVector(): Record<string, number> {
  return Object.create(null) as Record<string, number>;
}

/** Whether `one` has seen at least everything that `other` has seen. */
export function dominates(one: VersionVector, other: VersionVector): boolean {
  for (const name in other) {
    if (versionIn(one, name) < versionIn(other, name)) return false;
  }
  return true;
}

/** The highest version of each component of both. */
export function mergeVersions(one: VersionVector, other: VersionVector): VersionVector {
  const merged = Object.assign(emptyVector(), one);
  for (const name in other) merged[name] = Math.max(versionIn(one, name), versionIn(other, name));
  return merged;
}

/** Judges a put of `incoming` over a stored entry or tombstone. The Lua script decides the same way. */
export function judgePut(stored: VersionVector | undefined, incoming: VersionVector): PutVerdict {
  if (stored === undefined || dominates(incoming, stored)) return 'accept';
  return dominates(stored, incoming) ? 'older' : 'conflict';
}

/** Whether `raised` is exactly the next write after `base` in each component it names. */
export function follows(raised: VersionVector, base: VersionVector): boolean {
  let named = false;
  for (const name in raised) {
    named = true;
    if (versionIn(base, name) !== versionIn(raised, name) - 1) return false;
  }
  return named;
}

/** A vector as text without spaces, `name=version` joined by commas: what Redis keeps and Lua reads. */
export function formatVersions(vector: VersionVector): string {
  let text = '';
  for (const name in vector) {
    text += `${text === '' ? '' : ','}${encodeURIComponent(name)}=${versionIn(vector, name)}`;
  }
  return text;
}

/** The vector that `formatVersions` wrote, or undefined where the text is not one. */
export function parseVersions(text: string): VersionVector | undefined {
  const vector = emptyVector();
  if (text === '') return vector;
  for (const part of text.split(',')) {
    const at = part.indexOf('=');
    const version = Number(part.slice(at + 1));
    if (at < 1 || part.length === at + 1 || !Number.isSafeInteger(version)) return undefined;
    vector[decodeURIComponent(part.slice(0, at))] = version;
  }
  return vector;
}

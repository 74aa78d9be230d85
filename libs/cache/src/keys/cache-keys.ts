/** A key made by a builder of this file. Plain strings are refused by the types, so no key is made in place. */
export type CacheKey = string & { readonly __cacheKey: true };

type ParametersOf<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParametersOf<Rest>
  : never;

type KeyOf<Pattern extends string> = [ParametersOf<Pattern>] extends [never]
  ? () => CacheKey
  : (values: Readonly<Record<ParametersOf<Pattern>, string | number>>) => CacheKey;

/** One function a pattern, taking the values its braces name. */
type KeyBuilder<Patterns extends Readonly<Record<string, string>>> = {
  readonly [Name in keyof Patterns]: KeyOf<Patterns[Name]>;
};

const plain = /^[\w.~@-]+$/;

/**
 * The key builder of one service.
 *
 * `keys('enrollments', { ofUser: 'user:{id}' }).ofUser({ id: 'usr_1' })` is `enrollments:user:usr_1`. Values
 * are escaped, so that a colon in one cannot make two things share a key. The prefix of the deployment
 * (`CACHE_PREFIX`) is put before it by the Redis client, once for all.
 */
export function keys<const Patterns extends Readonly<Record<string, string>>>(
  service: string,
  patterns: Patterns,
): KeyBuilder<Patterns> {
  const builders = Object.entries(patterns).map(([name, pattern]) => [
    name,
    builder(`${service}:${pattern}`),
  ]);
  return Object.fromEntries(builders) as KeyBuilder<Patterns>;
}

function builder(pattern: string): (values?: Readonly<Record<string, string | number>>) => CacheKey {
  const [head = '', ...rest] = pattern.split('{');
  const parts = rest.map((part) => {
    const end = part.indexOf('}');
    return { name: part.slice(0, end), after: part.slice(end + 1) };
  });
  return (values = {}) => {
    let key = head;
    for (const { name, after } of parts) key += escape(name, values[name]) + after;
    return key as CacheKey;
  };
}

function escape(name: string, value: string | number | undefined): string {
  if (value === undefined || value === '') throw new TypeError(`A cache key needs a value for "${name}".`);
  const text = String(value);
  return plain.test(text) ? text : encodeURIComponent(text);
}

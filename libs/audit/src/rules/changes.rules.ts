import { isDeepStrictEqual } from 'node:util';

/** Fields that hold what is personal, wherever they stand: an audit record says of them only that they changed. */
export const personalFields: readonly string[] = [
  'name',
  'givenName',
  'familyName',
  'userName',
  'email',
  'userEmail',
  'externalId',
  'reason',
  'note',
  'notes',
];

/** What stands for a personal or a long value. */
export const changedMark = 'changed';

/** Fields that change with every write, or name the thing itself. */
const bookkeeping = new Set(['id', 'version', 'revision', 'createdAt', 'updatedAt']);
/** Characters of a value as JSON; of a longer one a record says only that it changed. */
const longestValue = 500;

/** Fields that changed, with their values. */
export type ChangedFields = Readonly<Record<string, unknown>>;

/** A thing before and after a change; null where there was no such thing, or nothing changed. */
export interface Changes {
  readonly before: ChangedFields | null;
  readonly after: ChangedFields | null;
}

/** How changes are shown. */
interface ChangesOptions {
  /** Names of personal fields, at any depth; none for things that are no person's. */
  personal?: readonly string[];
}

/**
 * What changed between two states of a thing.
 *
 * Guarantee: holds no value of a personal field and none beyond 500 characters, at any depth, and no field that is the
 * same in both. Pure.
 *
 * @param before undefined where the thing is new
 * @param after undefined where the thing is gone
 */
export function changesOf(
  before: object | undefined,
  after: object | undefined,
  { personal = personalFields }: ChangesOptions = {},
): Changes {
  const [from, to] = [{ ...before }, { ...after }] as [ChangedFields, ChangedFields];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(
    (name) => !bookkeeping.has(name) && !isDeepStrictEqual(from[name] ?? null, to[name] ?? null),
  );
  const hidden = new Set(personal);
  const shownOf = (fields: ChangedFields) =>
    Object.fromEntries(names.map((name) => [name, shownValue(name, fields[name] ?? null, hidden)]));
  const isSame = names.length === 0;
  return {
    before: before && !isSame ? shownOf(from) : null,
    after: after && !isSame ? shownOf(to) : null,
  };
}

function shownValue(name: string, value: unknown, hidden: ReadonlySet<string>): unknown {
  const masked = hidden.has(name) ? changedMark : maskedIn(value, hidden);
  return (JSON.stringify(masked)?.length ?? 0) > longestValue ? changedMark : masked;
}

/** The value with every personal field in it masked. */
function maskedIn(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => maskedIn(each, hidden));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      hidden.has(name) ? changedMark : maskedIn(each, hidden),
    ]),
  );
}

import { wholeSemester } from '@registrar/contracts-courses';
import type { PublishedSemester, Semester } from '@registrar/contracts-courses';
import { rowCodec } from '@registrar/dynamodb';
import { storedFrom } from '../pending-changes/pending-change-items.ts';
import type { PendingAttributes } from '../pending-changes/pending-change-items.ts';
import type { PendingChange, Stored } from '../pending-changes/pending-change.ts';

/** A change of a semester that is not approved yet. */
export type PendingSemesterChange = PendingChange<Semester>;

/** A semester as it is stored, on its way or not. */
export type StoredSemester = Stored<Semester, PendingSemesterChange>;

/** The attributes of a semester. Rows that an earlier version wrote may lack some. */
const attributes = rowCodec<Omit<PublishedSemester, 'id'>>()({
  name: 'name',
  startsOn: 'starts_on',
  endsOn: 'ends_on',
  enrollmentOpensAt: 'enrollment_opens_at',
  enrollmentClosesAt: 'enrollment_closes_at',
  dropDeadlineAt: 'drop_deadline_at',
  withdrawDeadlineAt: 'withdraw_deadline_at',
  creditLimit: 'credit_limit',
  current: 'current',
  tickets: 'tickets',
  holidays: 'holidays',
  pausedAt: 'paused_at',
  version: 'version',
  updatedAt: 'updated_at',
});

type SemesterAttributes = ReturnType<typeof attributes.toItem>;

/** An item of the semesters table; one whose creation is not approved has a pending change only. */
export interface SemesterItem extends Partial<SemesterAttributes>, PendingAttributes<Intent> {
  kind: typeof semesterKind;
  id: string;
}

/** A change of a semester as an attribute of its item. */
interface Intent {
  token: string;
  state: SemesterAttributes;
  actor_id: string;
}

/** Partition of all semesters: there are few, and they are listed together. */
export const semesterKind = 'semester';

/** Key of the item that says which semester is current, so that at most one is. */
export const currentKey = { kind: 'current', id: 'semester' } as const;

/** Key of a semester's item. */
export function semesterKey(id: string): { kind: string; id: string } {
  return { kind: semesterKind, id };
}

/** A semester as attributes. */
export const attributesOf = (semester: Semester): SemesterAttributes => attributes.toItem(semester);

/** The semester of an item, or undefined where its creation is not approved yet. */
export function semesterOf(item: SemesterItem): Semester | undefined {
  return isWhole(item) ? stateOf(item.id, item) : undefined;
}

/** An item as what it holds. */
export function storedOf(item: SemesterItem): StoredSemester {
  return storedFrom(item, semesterOf(item), ({ token, actor_id: actorId, state }, leasedUntil) => {
    return { token, actorId, leasedUntil, state: stateOf(item.id, state) };
  });
}

/** A pending change as an attribute of its semester's item. */
export function intentOf({ token, state, actorId }: PendingSemesterChange): Intent {
  return { token, state: attributesOf(state), actor_id: actorId };
}

function isWhole(item: SemesterItem): item is SemesterItem & SemesterAttributes {
  return item.version !== undefined;
}

function stateOf(id: string, item: SemesterAttributes): Semester {
  return wholeSemester({ id, ...attributes.fromItem(item) });
}

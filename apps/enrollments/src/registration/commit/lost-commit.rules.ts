import { requestOf, studentOf } from '../planning/commands.ts';
import type { Command } from '../planning/commands.ts';
import type { Entry } from './course-queue.ts';
import type { Failure, LostCommit } from './transaction.ts';

/** What a lost commit means for each who took part in it. */
export interface LostGroup {
  /** Entries whose own items are not as they were read: to be read and decided again. */
  changed: Entry[];
  /** Entries whose own items are held or throttled at this moment: the same, after a pause. */
  contended: Entry[];
  /** Entries whose own change the store does not take. */
  refused: Entry[];
  /** Students without an entry, such as those who wait for a seat, whose change the store does not take. */
  refusedOthers: string[];
  /** Why what all of them share, or a student without an entry, stood in the way; undefined where none did. */
  shared: Failure['reason'] | undefined;
}

/** The worst first: what does not pass decides over what does. */
const order: readonly Failure['reason'][] = ['refused', 'throttled', 'conflict', 'condition'];

/** Sorts the failures of a commit by those whom they concern; each entry is found once, by its worst. */
export function lostGroup(lost: LostCommit, entries: readonly Entry[]): LostGroup {
  const group: LostGroup = { changed: [], contended: [], refused: [], refusedOthers: [], shared: undefined };
  if (lost.kind === 'refused') return { ...group, shared: 'refused' };
  const failures = [...lost.failures].sort((a, b) => order.indexOf(a.reason) - order.indexOf(b.reason));
  const seen = new Set<Entry>();
  for (const { owner, reason } of failures) {
    const entry = entries.find(({ command }) => concerns(owner, command));
    if (!entry) addShared(group, owner, reason);
    else if (!seen.has(entry)) listOf(group, reason).push(entry);
    if (entry) seen.add(entry);
  }
  // No reason was given, so no entry can be excluded.
  return failures.length > 0 ? group : { ...group, shared: 'conflict' };
}

function addShared(group: LostGroup, owner: Failure['owner'], reason: Failure['reason']): void {
  if (reason === 'refused' && owner.kind === 'student') group.refusedOthers.push(owner.userId);
  else group.shared ??= reason;
}

function listOf(group: LostGroup, reason: Failure['reason']): Entry[] {
  if (reason === 'refused') return group.refused;
  return reason === 'condition' ? group.changed : group.contended;
}

function concerns(owner: Failure['owner'], command: Command): boolean {
  if (owner.kind === 'student') return studentOf(command) === owner.userId;
  return owner.kind === 'record' && requestOf(command)?.id === owner.requestId;
}

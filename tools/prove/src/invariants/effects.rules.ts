import type { Fact, NoticeRow, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/** Every change is notified once: one row in the inbox of its student for each event. */
export const inboxes = invariant('inboxes', 'one row in the inbox for each event and person', checkInboxes);

/** Every row's mail goes out once. */
export const mails = invariant(
  'mails',
  'one mail for each row; twice only where an attempt ended unclear',
  checkMails,
);

/** Reasons of changes after which the student has the seat as before. */
const seatAsBefore: ReadonlySet<string | null> = new Set(['completion_undone', 'credits_changed']);

/** There is no notification of a completed course, nor of one in which the student has the seat as before. */
const isNotified = ({ change, data }: Fact) => change !== 'completed' && !seatAsBefore.has(data.reason);

function checkInboxes({ facts, notices, holdSpans, granted }: Snapshot, verdict: Verdict): void {
  checkCounted(notices, { kinds: ['hold_placed', 'hold_released'], of: holdSpans }, verdict);
  checkCounted(notices, { kinds: ['permitted'], of: granted }, verdict);
  const others = notices.filter(({ kind }) => !counted.has(kind));
  const byEvent = Map.groupBy(others, ({ eventId }) => eventId);
  const notified = [...facts.values()].flat().filter(isNotified);
  for (const { id, change, data } of notified) {
    const { userId, courseId } = data.enrollment;
    const rows = byEvent.get(id) ?? [];
    byEvent.delete(id);
    const isRight =
      rows.length === 1 && rows[0]?.userId === userId && rows[0].kind === change.replace('-', '_');
    verdict.expect(
      isRight,
      () =>
        `${userId} was notified ${rows.length} times of event ${data.sequence} of ${courseId} (${change}): ${rows.map(({ kind }) => kind).join()}`,
      courseId,
    );
  }
  for (const [eventId, rows] of byEvent)
    verdict.expect(false, () => `${rows.length} rows in inboxes are about ${eventId}, which is no event`);
}

/** Kinds whose rows are counted alone: their events are on topics that keep nothing for good. */
const counted: ReadonlySet<string> = new Set(['hold_placed', 'hold_released', 'permitted']);

/** What a student is notified of once for each: holds, which are all released at the end, and permits. */
interface Counted {
  readonly kinds: readonly string[];
  readonly of: readonly { readonly userId: string }[];
}

function checkCounted(notices: readonly NoticeRow[], { kinds, of }: Counted, verdict: Verdict): void {
  const rows = notices.filter(({ kind }) => kinds.includes(kind));
  const expected = Map.groupBy(of, ({ userId }) => userId);
  for (const userId of new Set([...rows, ...of].map((each) => each.userId))) {
    const due = expected.get(userId)?.length ?? 0;
    for (const kind of kinds) {
      const found = rows.filter((row) => row.userId === userId && row.kind === kind).length;
      verdict.expect(
        found === due,
        () => `${userId} was notified ${found} times (${kind}), and ${due} times was due`,
      );
    }
  }
}

function checkMails({ notices, mails: received, mailOf }: Snapshot, verdict: Verdict): void {
  const byRow = Map.groupBy(received, ({ messageId }) => rowOf(messageId));
  for (const { id, userId, mailStatus, mailAttempts } of notices) {
    const copies = byRow.get(id) ?? [];
    byRow.delete(id);
    verdict.expect(mailStatus === 'sent', () => `the mail of ${id} is ${mailStatus}`);
    const atMost = Math.max(1, mailAttempts);
    verdict.expect(
      copies.length >= 1 && copies.length <= atMost,
      () => `the mail of ${id} arrived ${copies.length} times, of ${mailAttempts} attempts`,
    );
    if (copies.length > 1)
      verdict.note('mails sent again after an attempt that ended unclear', copies.length - 1);
    const address = mailOf.get(userId);
    verdict.expect(
      copies.every(({ to }) => to === address),
      () => `the mail of ${id} went to ${copies.map(({ to }) => to).join()}, not to ${address}`,
    );
  }
  for (const [id, copies] of byRow)
    verdict.expect(false, () => `${copies.length} mails arrived that belong to no row: ${id}`);
}

/** `<ntf_...@domain>` is the mail of the row `ntf_...`. */
function rowOf(messageId: string): string {
  return messageId.slice(1, messageId.indexOf('@'));
}

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

function checkInboxes({ facts, notices, holdSpans }: Snapshot, verdict: Verdict): void {
  const [ofHolds, others] = [notices.filter(isOfHold), notices.filter((row) => !isOfHold(row))];
  checkHoldRows(ofHolds, holdSpans, verdict);
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

const isOfHold = ({ kind }: NoticeRow) => kind === 'hold_placed' || kind === 'hold_released';

/** Each hold was placed once, and each is released at the end. */
function checkHoldRows(rows: readonly NoticeRow[], spans: Snapshot['holdSpans'], verdict: Verdict): void {
  const placed = Map.groupBy(spans, ({ userId }) => userId);
  for (const userId of new Set([...rows, ...spans].map((each) => each.userId))) {
    const expected = placed.get(userId)?.length ?? 0;
    for (const kind of ['hold_placed', 'hold_released']) {
      const found = rows.filter((row) => row.userId === userId && row.kind === kind).length;
      verdict.expect(
        found === expected,
        () => `${userId} had ${expected} holds, and was notified ${found} times (${kind})`,
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

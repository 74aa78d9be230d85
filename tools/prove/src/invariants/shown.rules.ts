import { countsUnder } from '../snapshot/classes.ts';
import { answerOf, enrollmentsIn } from '../workload/journal.ts';
import type { EnrollmentRow, OwnShown, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';

/** After quiescence, what is answered from caches is what the tables have. */
export const cachedAnswers = invariant(
  'cached-answers',
  'after quiescence, own lists on each instance and the catalogue equal the tables',
  checkShown,
);

/** A student saw the own last acknowledged write each time, on every instance, also under workload. */
export const ownWrites = invariant(
  'own-writes',
  'a student saw the own last acknowledged write each time, on every instance',
  checkLooks,
);

function checkShown(snapshot: Snapshot, verdict: Verdict): void {
  const rows = Map.groupBy(snapshot.enrollments.values(), ({ userId }) => userId);
  const ranks = ranksOf(snapshot.places);
  for (const shown of snapshot.ownShown) checkOwn(shown, rows.get(shown.userId) ?? [], ranks, verdict);
  for (const { courseId, via, status, version, ...counts } of snapshot.coursesShown) {
    const [course, seats] = [snapshot.courses.get(courseId), countsUnder(snapshot, courseId)];
    const isSame =
      course?.status === status &&
      course.version === version &&
      seats?.capacity === counts.capacity &&
      seats.enrolledCount === counts.enrolledCount &&
      seats.waitlistedCount === counts.waitlistedCount;
    verdict.expect(
      isSame,
      () =>
        `${via} shows ${courseId} as ${status} version ${version} with ${counts.enrolledCount} + ${counts.waitlistedCount} of ${counts.capacity}; ` +
        `it is ${course?.status} version ${course?.version} with ${seats?.enrolledCount} + ${seats?.waitlistedCount} of ${seats?.capacity}`,
      courseId,
    );
  }
}

function checkOwn(
  { userId, via, status, items }: OwnShown,
  rows: readonly EnrollmentRow[],
  ranks: ReadonlyMap<string, number>,
  verdict: Verdict,
): void {
  verdict.expect(status === 200, () => `${via} answers ${status} for the list of ${userId}`);
  if (status !== 200) return;
  const shown = new Map(items.map((item) => [item.id, item]));
  verdict.expect(
    shown.size === rows.length,
    () => `${via} shows ${userId} ${shown.size} enrollments of ${rows.length}`,
  );
  for (const row of rows) {
    const item = shown.get(row.id);
    const rank = row.ticket === null ? null : (ranks.get(`${row.classId} ${row.ticket}`) ?? null);
    const isSame =
      item?.status === row.status &&
      item.version === row.version &&
      item.enrolledAt === row.enrolledAt &&
      item.waitlistPosition === rank;
    verdict.expect(
      isSame,
      () =>
        `${via} shows ${userId} ${row.id} as ${item?.status} version ${item?.version} at ${item?.waitlistPosition}; ` +
        `it is ${row.status} version ${row.version} at ${rank}`,
      row.courseId,
    );
  }
}

function ranksOf(places: Snapshot['places']): Map<string, number> {
  const ranks = new Map<string, number>();
  for (const [classId, own] of Map.groupBy(places, (place) => place.classId)) {
    const inOrder = own.map(({ ticket }) => ticket).sort((a, b) => a - b);
    for (const [at, ticket] of inOrder.entries()) ranks.set(`${classId} ${ticket}`, at + 1);
  }
  return ranks;
}

function checkLooks({ looks, intents }: Snapshot, verdict: Verdict): void {
  const writes = Map.groupBy(
    intents.flatMap((intent) => {
      const answer = answerOf(intent);
      if (!answer || answer.status >= 300) return [];
      return enrollmentsIn(answer.body).flatMap(({ id, userId = '', version }) =>
        id === undefined || version === undefined ? [] : [{ id, userId, version, doneAt: answer.doneAt }],
      );
    }),
    ({ userId }) => userId,
  );
  for (const { userId, at, via, items } of looks) {
    const shown = new Map(items.map((item) => [item.id, item.version]));
    for (const { id, version, doneAt } of writes.get(userId) ?? []) {
      if (doneAt > at) continue;
      const seen = shown.get(id) ?? 0;
      verdict.expect(
        seen >= version,
        () =>
          `${via} showed ${userId} version ${seen} of ${id} ${at - doneAt} ms after version ${version} was acknowledged`,
      );
    }
  }
}

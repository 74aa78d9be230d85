import { factsByStudent, holdsSeat, takesSeat } from '../snapshot/facts.ts';
import type { Fact, Snapshot } from '../snapshot/snapshot.ts';
import type { Verdict } from './invariant.ts';
import { invariant } from './invariant.ts';
import { Links } from './links.rules.ts';

/** Sections that are linked are held, waited for and given up together, at every point of a student's history. */
export const bundles = invariant(
  'bundles',
  'nobody holds or waits for half of a bundle, but where a section was cancelled or a registrar took it away',
  checkBundles,
);

/** What a student has, course by course, as far as the history has come. */
interface Places {
  readonly statuses: Map<string, string>;
  /** Courses that ended without the student's doing, and those taken by a registrar's override. */
  readonly excused: Set<string>;
}

function checkBundles(snapshot: Snapshot, verdict: Verdict): void {
  const links = new Links(snapshot.courses);
  for (const [userId, own] of factsByStudent(snapshot.facts)) {
    const places: Places = { statuses: new Map(), excused: new Set() };
    for (const commit of Map.groupBy(own, ({ data }) => data.studentVersion).values()) {
      for (const fact of commit) follow(fact, places);
      for (const { change, data } of commit)
        if (change === 'promoted' && links.concern(data.enrollment.courseId))
          verdict.note('promotions of linked sections');
      judge(userId, places, { links, at: commit.at(-1) }, verdict);
    }
  }
}

function follow(fact: Fact, { statuses, excused }: Places): void {
  const { enrollment, actorRole, override } = fact.data;
  const { courseId, status } = enrollment;
  statuses.set(courseId, status);
  const isLost = status === 'cancelled' || (!isCurrent(status) && isRegistrar(actorRole));
  if (isLost || override.includes('linked_section_required')) excused.add(courseId);
  else if (takesSeat(fact) && fact.change === 'enrolled') excused.delete(courseId);
}

function judge(
  userId: string,
  { statuses, excused }: Places,
  { links, at }: { links: Links; at: Fact | undefined },
  verdict: Verdict,
): void {
  const where = `${userId} after event ${at?.data.sequence} of ${at?.data.enrollment.courseId}`;
  const isHeld = (id: string) => holdsSeat(statuses.get(id) ?? '');
  const isKept = (id: string) => isCurrent(statuses.get(id) ?? '');
  for (const [courseId, status] of statuses) {
    // What is completed stays, whatever becomes of its sections.
    if (status !== 'enrolled' && status !== 'waitlisted') continue;
    if (excused.has(courseId)) continue;
    for (const list of links.listsOf(courseId)) {
      const has = list.some(status === 'enrolled' ? isHeld : isKept);
      verdict.expect(
        has || list.some((id) => excused.has(id)),
        () => `${where} is ${status} in ${courseId} without one of ${list.join()}`,
        courseId,
      );
    }
    const parents = links.parentsOf(courseId);
    if (parents.length === 0) continue;
    verdict.expect(
      parents.some((id) => isKept(id) || excused.has(id)),
      () => `${where} is ${status} in ${courseId} without one of ${parents.join()}`,
      courseId,
    );
  }
}

const isCurrent = (status: string) => holdsSeat(status) || status === 'waitlisted';
const isRegistrar = (role: string) => role === 'registrar' || role === 'admin';

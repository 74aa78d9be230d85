import type { StoredAnswer } from '@registrar/idempotency';
import { maxTransactActions } from '@registrar/dynamodb';
import type { CampusRules } from '../../enrollment/campus.ts';
import type { Offering } from '../../enrollment/enrollment.types.ts';
import type { ChangeSet } from './change-set.ts';
import type { CoursePlan } from './course-plan.ts';
import { actionsFor, actionsOf, auditActions } from './group-plan.ts';
import { answerTo } from './change-answers.ts';
import { judgeChangeSet } from './judge-changes.ts';
import { promote } from './promotion.ts';
import type { WaitingHead } from './promotion.ts';
import type { StudentPlan } from './student-plan.ts';

/** All that was read for a change set over several courses. */
export interface SetView {
  courses: ReadonlyMap<string, CoursePlan>;
  /** The one whose set it is, unless there is no such place to give up, and those who wait; by user id. */
  students: ReadonlyMap<string, StudentPlan>;
  /** Waitlists of the courses in which a seat may come free, by course id. */
  heads: ReadonlyMap<string, WaitingHead>;
  offerings: ReadonlyMap<string, Offering>;
  /** RFC 3339. */
  now: string;
  /** Says times, dates and grades. */
  campus: CampusRules;
}

/**
 * Plans the commit of a change set over several courses: the set, then promotions into the seats that it frees. Seats that
 * a reservation has released by now are owed to who waits. Pure: changes nothing but the plans of `view`, and those not
 * by the set where the answer is a refusal.
 */
export function planChangeSet(set: ChangeSet, view: SetView): StoredAnswer {
  const { courses, students, heads, offerings, now, campus } = view;
  const context = { now, campus, offerings };
  for (const course of courses.values()) course.takeReleases(now);
  const results = judgeChangeSet(set, courses, students.get(set.userId), context);
  const answer = 'refusal' in results ? results : answerTo(set, results);
  if ('refusal' in answer) return answer;
  const records = Number(set.request !== undefined);
  const hasRoom = (more: number) =>
    actionsOf(courses.values(), students) + records + actionsFor(more) + auditActions <= maxTransactActions;
  for (const [courseId, head] of heads) {
    const course = courses.get(courseId);
    if (course) promote(course, head, view, hasRoom);
  }
  return answer;
}

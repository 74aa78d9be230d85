import { Injectable } from '@nestjs/common';
import type { Offering } from '../../enrollment/enrollment.types.ts';
import { coursePlanOf, coursePlansOf, offeringsIn } from '../planning/course-plan.ts';
import type { CoursePlan } from '../planning/course-plan.ts';
import { promotionSet } from '../planning/promotion.ts';
import type { StudentPlan } from '../planning/student-plan.ts';
import { ViewRepository } from './view.repository.ts';
import type { CourseView } from './view.repository.ts';

/** Courses read for the promotions of one commit at most: a transaction has room for the changes of about so many. */
const maxCompanions = 20;
/** A bundle, what is dropped for its parts, and the sections that end with that. What is not found then was read in the middle of a commit. */
const maxRounds = 4;

/**
 * Reads the other courses that promotions in one course concern: sections that are waited for together, and what
 * is dropped for the seat; and the enrollments of these students in them. Nothing is read where there are none.
 *
 * Failure: throws StoreUnavailable.
 */
@Injectable()
export class CompanionReader {
  constructor(private readonly views: ViewRepository) {}

  /**
   * @param home the class in which they may be promoted
   * @param students who may be promoted, in their order; they learn what is read
   * @param offerings of their courses; gains those that are read
   * @returns the other classes by id; none of the students for whom there is no room
   */
  async read(
    home: CourseView,
    students: readonly StudentPlan[],
    offerings: Map<string, Offering>,
  ): Promise<Map<string, CourseView>> {
    const found = new Map<string, CourseView>();
    const ofHome = coursePlanOf(home);
    const known = new Map<string, Offering>();
    const lookup = (id: string) => ofHome.as(id)?.offering ?? known.get(id) ?? offerings.get(id);
    const exchanging = students.filter((student) => givesUp(ofHome, student));
    for (const [id, offering] of await this.views.ownOfferings(exchanging, home.semester))
      offerings.set(id, offering);
    // Each round may show what the next one reads: a place that is waited for together names a course to drop.
    for (let round = 0; round < maxRounds; round += 1) {
      const missing = missingOf(ofHome, students, lookup, new Set(known.keys()));
      if (missing.length === 0) return found;
      const ids = [...new Set(missing.flatMap(({ courseIds }) => courseIds))];
      const views = await this.views.courses(
        ids.filter((id) => !known.has(id)),
        home.semester,
      );
      await this.views.learn(missing);
      for (const view of views) {
        found.set(view.seats.courseId, view);
        for (const offering of offeringsIn(view)) known.set(offering.courseId, offering);
      }
    }
    return found;
  }

  /** The same as plans without a change. */
  static plansOf(views: ReadonlyMap<string, CourseView>): Map<string, CoursePlan> {
    return coursePlansOf(views.values());
  }
}

/** Whether a promotion gives another course up: what ends with that one depends on all that the student has. */
function givesUp(home: CoursePlan, student: StudentPlan): boolean {
  const drops = home.all.map(
    ({ offering }) => student.enrollmentIn(offering.courseId)?.dropOnPromotion ?? null,
  );
  return drops.some((drop) => drop !== null);
}

/** What is still to be read: courses, and enrollments of students in them, as far as there is room. */
function missingOf(
  home: CoursePlan,
  students: readonly StudentPlan[],
  lookup: (courseId: string) => Offering | undefined,
  known: ReadonlySet<string>,
): { student: StudentPlan; courseIds: string[] }[] {
  const read = new Set(known);
  const missing: { student: StudentPlan; courseIds: string[] }[] = [];
  for (const student of students) {
    const concerned = home.all.flatMap((course) => promotionSet(course, student, lookup).courseIds);
    const others = concerned.filter((id) => !home.as(id));
    for (const id of others) read.add(id);
    if (read.size > maxCompanions && missing.length > 0) return missing;
    const unread = others.filter((id) => !known.has(id) || !student.enrollmentIn(id));
    if (unread.length > 0) missing.push({ student, courseIds: unread });
  }
  return missing;
}

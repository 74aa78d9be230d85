import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import pMap from 'p-map';
import { clockNow } from '@registrar/service';
import { Campus } from '../enrollment/campus.ts';
import type { CampusRules } from '../enrollment/campus.ts';
import { courseNotFound } from '../enrollment/answers.ts';
import { coursePlansOf, offeringsIn } from '../registration/planning/course-plan.ts';
import type { CoursePlan } from '../registration/planning/course-plan.ts';
import { answerTo } from '../registration/planning/change-answers.ts';
import { judgeChangeSet } from '../registration/planning/judge-changes.ts';
import type { StudentPlan } from '../registration/planning/student-plan.ts';
import { courseIdsOf } from '../enrollment/class-codes.rules.ts';
import type { Actor, Offering } from '../enrollment/enrollment.types.ts';
import { ViewRepository } from '../registration/commit/view.repository.ts';
import type { CourseView, StudentKey } from '../registration/commit/view.repository.ts';
import { bundleLines, changeOf } from './line-bundles.rules.ts';
import type { LineBundle } from './line-bundles.rules.ts';
import { verdictsOf } from './line-verdict.ts';
import type { LineVerdict, PersonLine } from './line-verdict.ts';

const concurrency = 16;
/** Students of one read. */
const together = 30;
/** Changes judged before others have their turn: some milliseconds. */
const perTurn = 200;

/** All that the lines are judged on. Plans are changed by each change, as its commit would. */
interface Rehearsal {
  courses: Map<string, CoursePlan>;
  /** By semester and user. */
  students: Map<string, StudentPlan>;
  offerings: Map<string, Offering>;
  now: string;
  campus: CampusRules;
}

/**
 * Says what an import would come to, by the same rules, without writing anything: each line is judged on the world
 * as the lines before it would leave it.
 *
 * It cannot foresee what others do at the same time; and where a seat is owed to the waitlist at this moment, a newcomer is
 * shown as waiting. Failure: throws StoreUnavailable.
 */
@Injectable()
export class DryRun {
  constructor(
    private readonly views: ViewRepository,
    private readonly campus: Campus,
  ) {}

  async judgeLines(lines: readonly PersonLine[], actor: Actor): Promise<LineVerdict[]> {
    const rehearsal = await this.read(lines);
    const courses = new Map(
      [...rehearsal.courses].map(
        ([
          id,
          {
            seats: { status },
            offering,
          },
        ]) => [id, { status, offering }],
      ),
    );
    const { bundles, refused } = bundleLines(lines, courses);
    const verdicts = [...refused];
    for (const [at, bundle] of bundles.entries()) {
      if (at % perTurn === perTurn - 1) await nextTurn();
      verdicts.push(...judge(bundle, actor, rehearsal));
    }
    return verdicts;
  }

  private async read(lines: readonly PersonLine[]): Promise<Rehearsal> {
    const now = new Date(clockNow()).toISOString();
    const views = await this.coursesOf(lines);
    const courses = coursePlansOf(views);
    for (const course of courses.values()) course.takeReleases(now);
    const students = new Map<string, StudentPlan>();
    const offerings = new Map<string, Offering>();
    for (const [semesterId, inSemester] of Map.groupBy(views, ({ seats }) => seats.semesterId)) {
      const ids = new Set(inSemester.flatMap(({ seats }) => courseIdsOf(seats)));
      const plans = await this.studentsOf(
        lines.filter(({ courseId }) => ids.has(courseId)),
        semesterId,
      );
      for (const plan of plans) students.set(studentKey(semesterId, plan.userId), plan);
      for (const [id, offering] of await this.views.offeringsOf(plans, inSemester))
        offerings.set(id, offering);
    }
    // What a line takes is held against the lines after it.
    for (const offering of views.flatMap(offeringsIn)) offerings.set(offering.courseId, offering);
    return { courses, students, offerings, now, campus: this.campus };
  }

  private async coursesOf(lines: readonly PersonLine[]): Promise<CourseView[]> {
    const ids = new Set(lines.map(({ courseId }) => courseId));
    const found = await pMap(ids, (courseId) => this.views.read(courseId, []), { concurrency });
    return found.flatMap((view) => view?.course ?? []);
  }

  private async studentsOf(lines: readonly PersonLine[], semesterId: string): Promise<StudentPlan[]> {
    const byStudent = Map.groupBy(lines, ({ userId }) => userId);
    const keys = [...byStudent].map(([userId, own]): StudentKey => {
      return { userId, courseIds: [...new Set(own.map(({ courseId }) => courseId))] };
    });
    const parts = Array.from({ length: Math.ceil(keys.length / together) }, (_, at) =>
      keys.slice(at * together, (at + 1) * together),
    );
    const read = (part: StudentKey[]) => this.views.students(part, semesterId, { completions: true });
    return (await pMap(parts, read, { concurrency })).flat();
  }
}

function judge(
  bundle: LineBundle,
  actor: Actor,
  { courses, students, offerings, now, campus }: Rehearsal,
): LineVerdict[] {
  const { userId, lines } = bundle;
  const plans = lines.flatMap(({ courseId }) => courses.get(courseId) ?? []);
  const semesterId = plans[0]?.seats.semesterId;
  const student = semesterId === undefined ? undefined : students.get(studentKey(semesterId, userId));
  if (!student || plans.length < lines.length) return verdictsOf(lines, courseNotFound);
  const set = changeOf(bundle, actor, undefined);
  const own = new Map(plans.map((plan) => [plan.offering.courseId, plan]));
  const results = judgeChangeSet(set, own, student, { now, campus, offerings });
  return verdictsOf(lines, 'refusal' in results ? results : answerTo(set, results));
}

const studentKey = (semesterId: string, userId: string) => `${semesterId} ${userId}`;

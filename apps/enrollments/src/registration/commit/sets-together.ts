import { Injectable } from '@nestjs/common';
import { Dynamo, maxTransactActions } from '@registrar/dynamodb';
import { recordOf } from '@registrar/idempotency';
import type { StoredAnswer } from '@registrar/idempotency';
import { clockNow } from '@registrar/service';
import type { Trace } from '@registrar/service';
import { Campus } from '../../enrollment/campus.ts';
import type { Offering } from '../../enrollment/enrollment.types.ts';
import { coursesOf } from '../planning/change-set.ts';
import type { ChangeSet } from '../planning/change-set.ts';
import type { CommandOutcome } from '../planning/commands.ts';
import { coursePlansOf } from '../planning/course-plan.ts';
import type { CoursePlan } from '../planning/course-plan.ts';
import { actionsFor, actionsOf, auditActions } from '../planning/group-plan.ts';
import { planChangeSet } from '../planning/set-plan.ts';
import type { StudentPlan } from '../planning/student-plan.ts';
import { AfterCommit } from './after-commit.ts';
import type { LostTry } from './change-set-commit.ts';
import { commitActions } from './commit-actions.ts';
import { keepAnswer, settleByKept } from './kept-answer.ts';
import * as metrics from './registration.metrics.ts';
import { SetReader } from './set-reader.ts';
import type { SetReading } from './set-reader.ts';
import { sendCommit } from './transaction.ts';
import type { Failure, LostCommit } from './transaction.ts';

/** Sets that are read for one commit at most: of two courses each, and twelve of them in all, 17 fit into one transaction. */
export const maxTogether = 18;

/** A set that waits for a course with others. */
export interface WaitingSet {
  set: ChangeSet;
  trace: Trace | undefined;
  /** By the monotonic clock (`steadyNow`), ms: after it the set is not tried. */
  deadline: number;
  /** With the lost try where nothing was written. */
  resolve: (outcome: CommandOutcome | LostTry) => void;
  reject: (error: unknown) => void;
}

/** A set with what was read for it. */
interface ReadSet extends WaitingSet {
  reading: SetReading;
}

/** A set with its answer, which holds once the commit stands. */
interface JudgedSet extends ReadSet {
  answer: StoredAnswer;
}

/** What one transaction will do. */
interface JointPlan {
  judged: JudgedSet[];
  /** Sets for which the transaction has no room. */
  left: ReadSet[];
  courses: CoursePlan[];
  students: StudentPlan[];
  now: string;
  nowMs: number;
}

/** Whether a set can share a commit: it frees no seat, so no waitlist is read for it. */
export function canShare({ add, drop }: Pick<ChangeSet, 'add' | 'drop'>): boolean {
  return drop.length === 0 && add.every(({ dropOnPromotion }) => dropOnPromotion === undefined);
}

/**
 * Commits change sets of several courses together, which only take places and have a course in common: as many as one
 * transaction takes, each judged as after those before it.
 *
 * Guarantee: an outcome is durable. All that a decision relied on is a condition of the transaction, as in a commit of one.
 * Failure: never throws. Every set is settled: with its outcome, with a lost try, which wrote nothing, or with the
 * error of the store. A set whose own items stood in the way loses alone, and the others are told to try again at once.
 */
@Injectable()
export class SetsTogether {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly sets: SetReader,
    private readonly after: AfterCommit,
    private readonly campus: Campus,
  ) {}

  /**
   * Resolves when the transaction has ended: the next one may begin. Answers follow when students' lists are up to date.
   *
   * @returns sets for which there was no room, to be committed first in the next
   */
  async commit(waiting: readonly WaitingSet[]): Promise<readonly WaitingSet[]> {
    try {
      const readings = await this.sets.readAll(waiting.map(({ set }) => set));
      const read = waiting.flatMap((each, at) => {
        const reading = readings[at];
        return reading ? [{ ...each, reading }] : [];
      });
      const fresh = read.filter((each) => !settleByKept(each.set.request, each.reading.record, each));
      return fresh.length === 0 ? [] : await this.commitRead(fresh);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
      return [];
    }
  }

  private async commitRead(sets: readonly ReadSet[]): Promise<ReadSet[]> {
    const { judged, left, courses, students, now, nowMs } = this.plan(sets);
    const traces = new Map(judged.flatMap(({ set, trace }) => (trace ? [[set.userId, trace] as const] : [])));
    const { actions, outbox } = commitActions(this.dynamo.tables, courses, students, { nowMs, traces });
    for (const { set, answer } of judged) {
      if (!set.request) continue;
      const kept = { ...set.request, about: set.userId };
      actions.push(keepAnswer(this.dynamo.tables, kept, answer, nowMs));
    }
    const sent = actions.length === 0 ? ({ kind: 'done' } as const) : sendCommit(this.dynamo, actions);
    const lists = this.after.listsBefore(students);
    const result = await sent;
    if (result.kind !== 'done') {
      metrics.lostCommits.inc({ reason: 'course' });
      for (const each of judged) settleLost(each, result);
      return left;
    }
    metrics.groupSize.observe(judged.length);
    void this.after
      .committed({ courses, students, now, outbox, lists })
      .then(() => judged.forEach(settleDone))
      .catch((error: unknown) => judged.forEach(({ reject }) => reject(error)));
    return left;
  }

  /** Judges in order what there is room for; sets that cannot be judged are settled. */
  private plan(sets: readonly ReadSet[]): JointPlan {
    const nowMs = clockNow();
    const now = new Date(nowMs).toISOString();
    const all = coursePlansOf(sets.flatMap(({ reading }) => reading.courses));
    const offerings = new Map<string, Offering>(sets.flatMap(({ reading }) => [...reading.offerings]));
    const courses = new Set<CoursePlan>();
    const students = new Map<string, StudentPlan>();
    const judged: JudgedSet[] = [];
    const left: ReadSet[] = [];
    let records = 0;
    for (const each of sets) {
      const { set, reading } = each;
      const own = new Map(coursesOf(set).flatMap((id) => planIn(all, id)));
      const touched = new Set([...courses, ...own.values()]);
      const room = maxTransactActions - actionsOf(touched, students) - records - auditActions;
      // What follows is left too, so that none is passed by.
      if (left.length > 0 || (judged.length > 0 && actionsFor(set.add.length) > room)) {
        left.push(each);
        continue;
      }
      const { student } = reading;
      const view = { courses: own, students: plansOf(student), heads: new Map(), offerings, now };
      try {
        judged.push({ ...each, answer: planChangeSet(set, { ...view, campus: this.campus }) });
      } catch (error) {
        each.reject(error);
        continue;
      }
      for (const course of own.values()) courses.add(course);
      if (student) students.set(student.userId, student);
      if (set.request) records += 1;
    }
    return { judged, left, courses: [...courses], students: [...students.values()], now, nowMs };
  }
}

function planIn(courses: ReadonlyMap<string, CoursePlan>, id: string): [string, CoursePlan][] {
  const course = courses.get(id);
  return course ? [[id, course]] : [];
}

function plansOf(student: StudentPlan | undefined): Map<string, StudentPlan> {
  return new Map(student ? [[student.userId, student]] : []);
}

function settleDone({ answer, reading, resolve }: JudgedSet): void {
  const isChanged = reading.student?.changes.length !== 0;
  resolve({ answer, replayed: false, earlier: !('refusal' in answer) && !isChanged });
}

function settleLost(lost: JudgedSet, result: LostCommit): void {
  const { set, resolve } = lost;
  // The store does not say for whose sake: each is tried by itself.
  if (result.kind === 'refused') return resolve({ lost: ['refused'], contendedCourse: undefined });
  const shared = result.failures.filter(({ owner }) => owner.kind === 'course');
  const own = result.failures.filter(({ owner }) => isOf(owner, set));
  const record = recordOf(own.find(({ owner }) => owner.kind === 'record')?.item, Date.now());
  if (settleByKept(set.request, record, lost)) return;
  const owner = shared[0]?.owner;
  const contendedCourse = owner?.kind === 'course' ? owner.courseId : undefined;
  resolve({ lost: [...shared, ...own].map(({ reason }) => reason), contendedCourse });
}

function isOf(owner: Failure['owner'], set: ChangeSet): boolean {
  if (owner.kind === 'student') return owner.userId === set.userId;
  return owner.kind === 'record' && owner.requestId === set.request?.id;
}

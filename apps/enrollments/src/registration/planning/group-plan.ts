import type { StoredAnswer } from '@registrar/idempotency';
import { maxTransactActions } from '@registrar/dynamodb';
import { isHistoryFull } from '../../history/history-split.rules.ts';
import { courseNotFound } from '../../enrollment/answers.ts';
import type { CampusRules } from '../../enrollment/campus.ts';
import { cancellationOf, hasCancellation, isEmptied } from '../../enrollment/class-codes.rules.ts';
import { promotionAllowed } from '../../enrollment/enrollment-window.rules.ts';
import type { WaitlistPlace } from '../../enrollment/enrollment.types.ts';
import { amend } from './amend.ts';
import type { Command } from './commands.ts';
import { classPlansOf } from './course-plan.ts';
import type { CoursePlan } from './course-plan.ts';
import { promote, reconsider } from './promotion.ts';
import type { HasRoom, WaitingHead } from './promotion.ts';
import { complete } from './complete.ts';
import { coursesOf } from './change-set.ts';
import { answerTo } from './change-answers.ts';
import { impliedBy, judgeChangeSet } from './judge-changes.ts';
import type { StudentPlan } from './student-plan.ts';
import { applyTransition } from './transition.ts';

/** All that was read for a group of commands of one class. */
export interface GroupView {
  /** Of the class's own course. Undefined where there is no such course. */
  course: CoursePlan | undefined;
  /** Those of the commands and of the waiting head, by user id. */
  students: ReadonlyMap<string, StudentPlan>;
  head: WaitingHead;
  /** Waiting places of those who are to be reconsidered. */
  places: ReadonlyMap<string, WaitlistPlace>;
  /** Students of a cancelled course, or of a cancelled code, whose enrollments are still to be ended. */
  ending: readonly string[];
  /** RFC 3339. */
  now: string;
  /** Says times, dates and grades. */
  campus: CampusRules;
}

/** One command and the answer it gets once the commit stands. */
export interface Judged {
  command: Command;
  answer: StoredAnswer;
}

/** What one transaction will do. */
export interface GroupPlan {
  judged: Judged[];
  /** Commands for which the transaction has no room: they go first in the next. */
  left: Command[];
  /** Change sets that concern other courses too, as is seen only now: they commit alone. */
  alone: Command[];
}

/**
 * Actions that one more request may take: enrollment, moved history, semester, kept answer, and a place on the waitlist
 * or the student's record.
 */
export const perRequest = 5;
/** The seats and the outbox. */
const perCourse = 2;
/** The audit records of all that staff do in a commit are one action. */
export const auditActions = 1;

/** Roles of those whose acts are recorded one by one: students' own have their history. */
export const staffRoles: ReadonlySet<string> = new Set(['instructor', 'registrar', 'admin']);

/** Actions that one more change of so many courses may take, beside those of the courses themselves. */
export const actionsFor = (courses: number) => perRequest * courses;

/**
 * Plans one commit of a course: owed promotions first, then the commands in their order, then the promotions that
 * those made due. Pure: changes nothing but the plans of `view`.
 *
 * @param recordFor whether an answer is kept with the commit (one action), by command
 */
export function planGroup(
  view: GroupView,
  commands: readonly Command[],
  recordFor: (command: Command) => boolean,
): GroupPlan {
  const { course } = view;
  if (!course) {
    return { judged: commands.map((command) => ({ command, answer: courseNotFound })), left: [], alone: [] };
  }
  let records = 0;
  const courses = classPlansOf([course, ...view.head.others.values()]);
  const hasRoom = (more: number, others = 0): boolean =>
    actionsOf(courses, view.students) + records + actionsFor(more) + others <= maxTransactActions;
  course.takeReleases(view.now);
  promote(course, view.head, view, hasRoom);
  const plan: GroupPlan = { judged: [], left: [], alone: [] };
  for (const command of commands) {
    if (plan.left.length > 0 || !hasRoom(1, isOfStaff(command) ? auditActions : 0)) {
      plan.left.push(command);
      continue;
    }
    if (concernsOthers(course, command, view)) {
      plan.alone.push(command);
      continue;
    }
    plan.judged.push({ command, answer: judge(course, command, view) });
    if (recordFor(command)) records += 1;
  }
  promote(course, view.head, view, hasRoom);
  endCancelled(course, view, hasRoom);
  return plan;
}

/** Whether a change set gives up linked sections with the one that it names, or one seat for another. */
function concernsOthers(course: CoursePlan, command: Command, view: GroupView): boolean {
  if (command.kind !== 'change') return false;
  if (coursesOf(command).length > 1) return true;
  const student = view.students.get(command.userId);
  if (
    command.drop.length === 0 ||
    course.all.every(({ offering }) => offering.linked.length === 0) ||
    !student
  )
    return false;
  return impliedBy(command, student, lookupIn(course, view)).length > 0;
}

function lookupIn(course: CoursePlan, { head }: GroupView) {
  return (id: string) => course.as(id)?.offering ?? head.offerings.get(id);
}

/** How many actions the transaction of these plans has, idempotency records apart. */
export function actionsOf(courses: Iterable<CoursePlan>, students: ReadonlyMap<string, StudentPlan>): number {
  let actions = [...students.values()].some(isChangedByStaff) ? auditActions : 0;
  for (const course of classPlansOf(courses)) actions += perCourse + course.places.length;
  for (const student of students.values()) {
    const { changes } = student;
    if (changes.length === 0) {
      actions += Number(student.isReliedOn);
      continue;
    }
    const moved = changes.filter(({ now }) => isHistoryFull(now)).length;
    actions += changes.length + moved + 1 + Number(student.isRecordChanged) + student.usedPermits.length;
  }
  return actions;
}

function isOfStaff(command: Command): boolean {
  return 'actor' in command && staffRoles.has(command.actor.role);
}

function isChangedByStaff({ changes }: StudentPlan): boolean {
  return changes.some(({ now }) => staffRoles.has(now.history.at(-1)?.actorRole ?? ''));
}

function judge(ofClass: CoursePlan, command: Command, view: GroupView): StoredAnswer {
  if (command.kind === 'continue') {
    // The window has closed, or opens later than it was to: the course is parked by this commit.
    const { seats, semester } = ofClass;
    if (seats.promotion && !promotionAllowed({ seats, semester, now: view.now })) ofClass.change({});
    return nothing;
  }
  const courseId = command.kind === 'change' ? coursesOf(command)[0] : command.courseId;
  const course = ofClass.as(courseId ?? '');
  if (!course) return courseNotFound;
  const student = view.students.get(command.userId);
  if (!student) throw new Error('The student of a command was not read.');
  switch (command.kind) {
    case 'change': {
      const courses = new Map([[course.offering.courseId, course]]);
      const { now, campus, head } = view;
      const context = { now, campus, offerings: head.offerings };
      const results = judgeChangeSet(command, courses, student, context);
      return 'refusal' in results ? results : answerTo(command, results);
    }
    case 'complete':
      return complete(course, student, command, view);
    case 'amend':
      return amend(course, student, command, view);
    case 'reconsider': {
      // The student's mark is cleared after this, also where nothing was to be done.
      student.isReliedOn = course.isReliedOn = true;
      const place = view.places.get(command.userId);
      if (place) reconsider(ofClass, place, view.head, view);
      return nothing;
    }
  }
}

const nothing: StoredAnswer = { status: 204, body: null };

/** Ends enrollments in a cancelled course: under every code of the class, or under those that are cancelled alone. */
function endCancelled(course: CoursePlan, view: GroupView, hasRoom: HasRoom): void {
  if (!hasCancellation(course.seats)) return;
  for (const userId of view.ending) {
    const student = view.students.get(userId);
    for (const code of student ? course.all : []) {
      const { courseId } = code.offering;
      const cancellation = cancellationOf(course.seats, courseId);
      const status = student?.enrollmentIn(courseId)?.status;
      if (!student || !cancellation || (status !== 'enrolled' && status !== 'waitlisted')) continue;
      if (!hasRoom(1)) return;
      applyTransition(code, student, view.campus, {
        to: 'cancelled',
        change: 'cancelled',
        actor: { id: cancellation.actorId, role: 'registrar' },
        now: view.now,
        reason: 'course_cancelled',
      });
    }
  }
  const { codes } = course.seats;
  const over = Object.entries(codes).filter(([, code]) => code.cancellation && isEmptied(code));
  if (over.length > 0) {
    const ended = over.map(([id, code]) => [id, { ...code, cancellation: null }] as const);
    course.change({ codes: { ...codes, ...Object.fromEntries(ended) } });
  }
  if (course.seats.cancellation && isEmptied(course.seats)) course.change({ cancellation: null });
}

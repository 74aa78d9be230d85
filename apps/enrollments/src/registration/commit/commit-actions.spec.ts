import type { TransactAction } from '@registrar/dynamodb';
import { maxTransactActions } from '@registrar/dynamodb';
import { describe, expect, it } from 'vitest';
import type { Command } from '../planning/commands.ts';
import { CoursePlan } from '../planning/course-plan.ts';
import { planGroup } from '../planning/group-plan.ts';
import { StudentPlan } from '../planning/student-plan.ts';
import type { Seats } from '../../enrollment/enrollment.types.ts';
import {
  campus,
  enrollmentOf,
  recordOf,
  entryOf,
  now,
  offeringOf,
  seatsOf,
  semesterRules,
} from '../../enrollment/testing/builders.ts';
import { enrolling } from '../testing/changes.ts';
import { commitActions } from './commit-actions.ts';
import { maxJudged } from './group-view.ts';

const tables = { definitions: [], name: (table: string) => table };
const history = offeringOf('history', { credits: 18 });

/** A student who waits for algebra and has no credits left. */
function waiterOf(userId: string, ticket: number): StudentPlan {
  const entries = [entryOf('algebra', 'waitlisted'), entryOf('history', 'enrolled', { credits: 18 })];
  const semester = { userId, semesterId: 'spring', version: 7, entries, retryDue: false };
  const waiting = enrollmentOf('algebra', { userId, status: 'waitlisted', ticket });
  return new StudentPlan(semester, new Map([['algebra', waiting]]), recordOf(userId));
}

function newcomerOf(userId: string): StudentPlan {
  const semester = { userId, semesterId: 'spring', version: 0, entries: [], retryDue: false };
  return new StudentPlan(semester, new Map(), recordOf(userId));
}

/** Plans a commit of algebra, where `waiters` wait, and gives what is not written and what is written, by table. */
function plan(waiters: number, isNotified: boolean, commands: Command[], seats: Partial<Seats>) {
  const waiting = Array.from({ length: waiters }, (_, at) => ({ userId: `usr_w${at}`, ticket: at + 1 }));
  const counts = { enrolledCount: 1, waitlistedCount: waiters, nextTicket: waiters + 1, version: 5 };
  const course = new CoursePlan(
    seatsOf('algebra', { ...counts, ...seats }),
    offeringOf('algebra'),
    semesterRules(),
  );
  const students = new Map(waiting.map(({ userId, ticket }) => [userId, waiterOf(userId, ticket)]));
  for (const command of commands) {
    if (command.kind !== 'continue' && !students.has(command.userId))
      students.set(command.userId, newcomerOf(command.userId));
  }
  const places = waiting.map((each) => ({ courseId: 'algebra', ...each, isNotified, passedOver: null }));
  const head = {
    places,
    isWhole: true,
    students,
    offerings: new Map([['history', history]]),
    others: new Map<string, CoursePlan>(),
  };
  const again = new Map(places.map((each) => [each.userId, each]));
  const view = { course, students, head, places: again, ending: [], now, campus };
  const { judged } = planGroup(view, commands, ({ kind }) => kind === 'change');
  const { actions } = commitActions(tables, [course], students.values(), { nowMs: Date.parse(now) });
  const all = actions.map(({ action }) => action);
  return { checks: all.flatMap(checkOf), written: all.flatMap(writtenBy), size: all.length, judged, course };
}

function checkOf({ ConditionCheck }: TransactAction) {
  if (!ConditionCheck) return [];
  const { TableName, Key, ExpressionAttributeValues } = ConditionCheck;
  return [{ TableName, ...Key, version: ExpressionAttributeValues?.[':version'] as unknown }];
}

const writtenBy = ({ Put, Delete }: TransactAction) => Put?.TableName ?? Delete?.TableName ?? [];

const owed = { promotion: { after: 0, kept: 0 } };
const semesterOf = (userId: string) => ({
  TableName: 'student_semesters',
  user_id: userId,
  semester_id: 'spring',
  version: 7,
});

const enroll = (userId: string) => enrolling('algebra', userId);

describe('the transaction of a commit', () => {
  it('checks the schedule of a waiter who is passed over and was told before, for the seat goes to others', () => {
    const { checks, course } = plan(1, true, [{ kind: 'continue' }], owed);
    expect(course.seats.promotion).toBeNull();
    expect(checks).toEqual([semesterOf('usr_w0')]);
  });

  it('writes the schedule of a waiter who is told by it, and checks it by that', () => {
    const { checks, written } = plan(1, false, [{ kind: 'continue' }], owed);
    expect(checks).toEqual([]);
    expect(written).toContain('student_semesters');
  });

  it('checks both the schedule and the seats where a waiter is judged again in vain', () => {
    const command = { kind: 'reconsider', courseId: 'algebra', userId: 'usr_w0' } as const;
    const { checks, written } = plan(1, true, [command], { enrolledCount: 2 });
    expect(checks).toEqual([
      { TableName: 'course_seats', course_id: 'algebra', version: 5 },
      semesterOf('usr_w0'),
    ]);
    expect(written).toEqual([]);
  });

  it('checks nothing for a refusal, which leaves nothing behind but its answer', () => {
    const { size, judged } = plan(0, true, [enrolling('algebra', 'usr_a', false)], { enrolledCount: 2 });
    expect(judged.map(({ answer }) => 'refusal' in answer && answer.refusal.code)).toEqual([
      'seat_unavailable',
    ]);
    expect(size).toBe(0);
  });

  it('has room for the checks of a whole head of the waitlist, and leaves the requests that do not fit', () => {
    const commands = Array.from({ length: 32 }, (_, at) => enroll(`usr_n${at}`));
    const { checks, size, judged } = plan(maxJudged, true, commands, {
      ...owed,
      capacity: 100,
      waitlistCapacity: 100,
    });
    expect(checks).toHaveLength(maxJudged);
    expect(judged.length).toBeGreaterThan(10);
    expect(size + judged.length).toBeLessThanOrEqual(maxTransactActions);
    // No room is given away: one more request might not have fitted.
    expect(size + judged.length).toBeGreaterThan(maxTransactActions - 6);
  });
});

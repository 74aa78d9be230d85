import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { recordOf } from '@registrar/idempotency';
import type { IdempotencyRecord } from '@registrar/idempotency';
import { clockNow, serviceUnavailable, steadyNow } from '@registrar/service';
import type { Trace } from '@registrar/service';
import { requestOf, studentOf } from '../planning/commands.ts';
import type { Command } from '../planning/commands.ts';
import { planGroup } from '../planning/group-plan.ts';
import { classPlansOf } from '../planning/course-plan.ts';
import type { CoursePlan } from '../planning/course-plan.ts';
import type { GroupPlan, GroupView } from '../planning/group-plan.ts';
import { Campus } from '../../enrollment/campus.ts';
import { AfterCommit } from './after-commit.ts';
import type { Committed } from './after-commit.ts';
import { commitActions } from './commit-actions.ts';
import type { OwnedAction } from './commit-actions.ts';
import type { CommitMoment } from './events.ts';
import type { GroupItems } from './view.repository.ts';
import type { Entry, GroupResult, Prefetched } from './course-queue.ts';
import { GroupInCommit } from './group-in-commit.ts';
import { GroupReader } from './group-view.ts';
import type { GroupReading } from './group-view.ts';
import { keepAnswer, settleByKept } from './kept-answer.ts';
import { lostGroup } from './lost-commit.rules.ts';
import * as metrics from './registration.metrics.ts';
import { contentionMs, sendCommit } from './transaction.ts';
import type { Failure, LostCommit } from './transaction.ts';

/**
 * Commits one group of a course: reads, decides, writes all of it in one transaction, answers. The next group may
 * begin as soon as the transaction stands.
 *
 * Guarantee: an entry is settled only after the transaction stands (or, for a replay, after the first one's
 * stands). What was decided on state that has changed since is decided again.
 * Failure: never throws. Entries whose time is up, or whose store fails, are rejected with 503; the retry with
 * the same key finds out what became of it. An entry that blocks a commit leaves it, and the others continue at once:
 * what passes is tried again after a pause, what the store does not take is rejected with 409 `change_refused`.
 */
@Injectable()
export class GroupCommit {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly reader: GroupReader,
    private readonly after: AfterCommit,
    private readonly campus: Campus,
  ) {}

  /** Begins to read for a group before its turn has come. */
  prefetch(courseId: string, group: readonly Entry[]): Promise<GroupItems> {
    return this.reader.prefetch(courseId, commandsOf(group));
  }

  async commit(
    courseId: string,
    group: readonly Entry[],
    prefetched: Prefetched | undefined,
  ): Promise<GroupResult> {
    const entries = this.inTime(group);
    try {
      const reading = await this.reader.read(courseId, commandsOf(entries), prefetched);
      const fresh = entries.filter((entry) => !this.settleReplay(entry, recordIn(reading, entry)));
      return await this.decide(reading, fresh);
    } catch (error) {
      for (const entry of entries) entry.reject(error);
      return { again: [], size: 'shrink' };
    }
  }

  /** Plans and sends until what is left of the group stands, or has to be read again. */
  private async decide(reading: GroupReading, entries: Entry[]): Promise<GroupResult> {
    const group = new GroupInCommit(entries);
    for (;;) {
      const { current } = group;
      const nowMs = clockNow();
      const read = reading.view(new Date(nowMs).toISOString(), group);
      const view = { ...read, campus: this.campus };
      const plan = planGroup(view, commandsOf(current), isKept);
      group.release(entriesOf(plan.alone, current));
      const left = entriesOf(plan.left, current);
      const { actions, outbox } = this.actionsOf(view, plan, { nowMs, traces: tracesOf(current) });
      const sent = actions.length === 0 ? ({ kind: 'done' } as const) : sendCommit(this.dynamo, actions);
      const lists = this.after.listsBefore(view.students.values());
      const result = await sent;
      if (result.kind === 'done') {
        metrics.groupSize.observe(plan.judged.length);
        // Without a change, going on at once would repeat the refusal: the sweeper comes back to it.
        if (actions.length === 0 && group.refused.size > 0) this.resolveEntries(plan, current, view);
        else void this.finish(plan, current, view, { outbox, lists });
        return { ...group.stands(left), seats: view.course?.classSeats, others: othersOf(view, current) };
      }
      const ended = await this.lost(group, result, view);
      if (ended) return ended;
    }
  }

  /** Takes the entries that blocked a commit out of the group; a result where the others cannot continue at once. */
  private async lost(
    group: GroupInCommit,
    result: LostCommit,
    view: GroupView,
  ): Promise<GroupResult | undefined> {
    const lost = lostGroup(result, group.current);
    const { shared } = lost;
    metrics.lostCommits.inc({ reason: shared ? 'course' : 'student' });
    const failures = result.kind === 'lost' ? result.failures : [];
    group.leave(lost, (entry) => this.settleLoser(entry, failures));
    if (shared === 'refused') return group.refusedAsAWhole(othersOf(view, group.current));
    if (!shared) return undefined;
    await delay(shared === 'throttled' ? group.backoff() : Math.random() * contentionMs);
    return group.again('keep');
  }

  private actionsOf(view: GroupView, plan: GroupPlan, moment: CommitMoment) {
    const plans = commitActions(this.dynamo.tables, coursesIn(view), view.students.values(), moment);
    const records = plan.judged.flatMap(({ command, answer }): OwnedAction[] => {
      const request = requestOf(command);
      if (!request) return [];
      const kept = { ...request, about: studentOf(command) ?? '' };
      return [keepAnswer(this.dynamo.tables, kept, answer, moment.nowMs)];
    });
    return { actions: [...plans.actions, ...records], outbox: plans.outbox };
  }

  /** Beside the next group: its students are others, and the course continues from what was committed. */
  private async finish(
    plan: GroupPlan,
    entries: readonly Entry[],
    view: GroupView,
    follows: Pick<Committed, 'outbox' | 'lists'>,
  ): Promise<void> {
    const { students, now } = view;
    try {
      await this.after.committed({
        courses: coursesIn(view),
        students: students.values(),
        now,
        ...follows,
      });
      this.resolveEntries(plan, entries, view);
    } catch (error) {
      const judged = plan.judged.map(({ command }) => command);
      for (const entry of entriesOf(judged, entries)) entry.reject(error);
    }
  }

  private resolveEntries(plan: GroupPlan, entries: readonly Entry[], { students }: GroupView): void {
    for (const { command, answer } of plan.judged) {
      const student = students.get(studentOf(command) ?? '');
      const earlier = !('refusal' in answer) && student?.changes.length === 0;
      entries.find((entry) => entry.command === command)?.resolve({ answer, replayed: false, earlier });
    }
  }

  /** A concurrent duplicate on another instance was first: its kept answer is the answer. */
  private settleLoser(entry: Entry, failures: readonly Failure[]): boolean {
    const id = requestOf(entry.command)?.id;
    const lost = failures.find(({ owner }) => owner.kind === 'record' && owner.requestId === id);
    return this.settleReplay(entry, recordOf(lost?.item, Date.now()));
  }

  private settleReplay(entry: Entry, record: IdempotencyRecord | undefined): boolean {
    return settleByKept(requestOf(entry.command), record, entry);
  }

  private inTime(entries: readonly Entry[]): Entry[] {
    const now = steadyNow();
    return entries.filter((entry) => {
      if (entry.deadline > now) return true;
      entry.reject(
        serviceUnavailable('The seats of this course are in great demand. Try again with the same key.'),
      );
      return false;
    });
  }
}

/** The class, and those that its promotions concern. */
function coursesIn({ course, head }: GroupView): CoursePlan[] {
  return course ? classPlansOf([course, ...head.others.values()]) : [];
}

const commandsOf = (entries: readonly Entry[]) => entries.map(({ command }) => command);

const isKept = (command: Command) => requestOf(command) !== undefined;

function recordIn(reading: GroupReading, { command }: Entry): IdempotencyRecord | undefined {
  return reading.recordOf(requestOf(command)?.id ?? '');
}

function entriesOf(commands: readonly Command[], entries: readonly Entry[]): Entry[] {
  return entries.filter(({ command }) => commands.includes(command));
}

/** Students that a commit changes without a command of theirs. */
function othersOf({ students }: GroupView, entries: readonly Entry[]): string[] {
  const asking = new Set(entries.map(({ command }) => studentOf(command)));
  return [...students.values()]
    .filter(({ userId, changes }) => changes.length > 0 && !asking.has(userId))
    .map(({ userId }) => userId);
}

/** A student has one command in a group. */
function tracesOf(entries: readonly Entry[]): ReadonlyMap<string, Trace> {
  const traces = new Map<string, Trace>();
  for (const { command, trace } of entries) {
    const student = studentOf(command);
    if (student !== undefined && trace) traces.set(student, trace);
  }
  return traces;
}

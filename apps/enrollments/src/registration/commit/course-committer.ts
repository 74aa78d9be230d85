import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { AdaptiveLimit, KeyedQueue, LoopDelay, SingleFlight, backoffMs } from '@registrar/async';
import { storeBackoff } from '@registrar/dynamodb';
import { currentTrace, overloaded, serviceUnavailable, steadyNow } from '@registrar/service';
import { coursesOf } from '../planning/change-set.ts';
import type { ChangeSet } from '../planning/change-set.ts';
import { studentOf } from '../planning/commands.ts';
import type { Command, CommandOutcome, CourseCommand } from '../planning/commands.ts';
import { ChangeSetCommit } from './change-set-commit.ts';
import { CourseQueue } from './course-queue.ts';
import type { Entry } from './course-queue.ts';
import { GroupCommit } from './group-commit.ts';
import * as metrics from './registration.metrics.ts';
import { SetTurns } from './set-turns.ts';
import { SetsTogether, canShare } from './sets-together.ts';
import { contentionMs } from './transaction.ts';
import { ViewRepository } from './view.repository.ts';

/** Requests that may wait for one course: at 500 a second, the last one waits four. */
const maxPerCourse = 2_000;
/** Requests that may wait on this instance. */
const maxPerInstance = 5_000;
/** After this time a request that could not be committed is given up, ms; the gateway waits twice as long. */
const commitTimeoutMs = 5_000;
const commitsAtOnce = { least: 2, most: 64 };
/** Many of them may wait for one course at a time, and must not hold up those of others. */
const setsAtOnce = { least: 32, most: 64 };
/** Average delay of the event loop beyond which fewer commits run, ms: a list from memory waits for it too. */
const mostLoopDelayMs = 3;
/** Tries of a set over several courses beside the courses' queues; then it has its turn in the queue of one. */
const freeTries = 2;
/** The same for a set that shares its turn: that is cheaper than a try that is lost. */
const sharingTries = 1;

/**
 * Commits the registrations of each class, under all of its codes, many at a time; a change set over several courses by
 * itself, or with others that want one of its courses too.
 *
 * Such a set relies on its conditions alone and holds no queue while it waits. Where it lost to the commits of a course,
 * it takes its turn in that one's queue, which delays none of the other courses; sets that only take places share such a
 * turn, and where others want one of its courses at the moment, such a set waits for that turn at once.
 *
 * How many commits run at a time follows what the store and the event loop take (`AdaptiveLimit`).
 *
 * Guarantee: a returned outcome is durable, and no seat is given twice, whichever instance asks. Nothing is begun after
 * the request's time is over.
 * Failure: throws 503 `overloaded` at once when too many wait, 503 `service_unavailable` when the store refuses
 * for too long; a retry with the same key then finds what became of it.
 */
@Injectable()
export class CourseCommitter implements OnModuleDestroy {
  /** By class. */
  private readonly queues = new Map<string, CourseQueue>();
  /** Reads of the classes of courses that are not in memory. */
  private readonly classes = new SingleFlight<string>();
  /**
   * A student's requests run one after the other, whatever courses they are for: they would otherwise meet at the
   * student's semester and cancel each other's commits. Across instances the conditions do the same, slower.
   */
  private readonly studentQueues = new KeyedQueue();
  private readonly loop = new LoopDelay();
  /** Commits under way: more would only queue up in the store, and delay the reads of this process. */
  private readonly commits = this.limit(commitsAtOnce);
  /** Those of several courses have a limit of their own: they may lose several times, and delay no course meanwhile. */
  private readonly setCommits = this.limit(setsAtOnce);
  private readonly turns: SetTurns;
  private waiting = 0;
  private stopping = false;

  constructor(
    private readonly groups: GroupCommit,
    private readonly sets: ChangeSetCommit,
    together: SetsTogether,
    private readonly views: ViewRepository,
  ) {
    this.turns = new SetTurns({
      exclusive: (courseId, work) => this.queueOf(courseId).exclusive(work),
      commit: (waiting) => together.commit(waiting),
      classOf: (courseId) => this.views.knownClassOf(courseId) ?? courseId,
      late: inGreatDemand,
    });
    this.loop.start();
  }

  /** Whether the process is about to end: background work is left to other instances. */
  get isStopping(): boolean {
    return this.stopping;
  }

  /** Commits a change set. */
  submit(set: ChangeSet): Promise<CommandOutcome> {
    const courseIds = coursesOf(set);
    const [courseId] = courseIds;
    for (const id of courseIds) this.admit(id);
    const request = { trace: currentTrace(), deadline: steadyNow() + commitTimeoutMs };
    const isOfOne = courseId !== undefined && courseIds.length === 1;
    const commit = () =>
      isOfOne ? this.commitWithCourse(courseId, set, request) : this.commitAlone(set, request);
    return this.counted(this.studentQueues.enqueue(set.userId, commit));
  }

  /** Commits a command of one course. */
  submitTo(courseId: string, asked: CourseCommand): Promise<CommandOutcome> {
    this.admit(courseId);
    const command = { ...asked, courseId };
    const request = { trace: currentTrace(), deadline: steadyNow() + commitTimeoutMs };
    const enqueue = async () => {
      const outcome = await this.enqueue(courseId, command, request);
      if (outcome === 'alone') throw new Error('Only change sets are committed alone.');
      return outcome;
    };
    const student = studentOf(command);
    return this.counted(student === undefined ? enqueue() : this.studentQueues.enqueue(student, enqueue));
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
  }

  /** In the course's queue, unless it turns out there that it gives up linked sections too. */
  private async commitWithCourse(
    courseId: string,
    set: ChangeSet,
    request: Pick<Entry, 'trace' | 'deadline'>,
  ): Promise<CommandOutcome> {
    const outcome = await this.enqueue(courseId, set, request);
    return outcome === 'alone' ? this.commitAlone(set, request) : outcome;
  }

  /** In the queue of the class, which is read where the course is not in memory. */
  private async enqueue(
    courseId: string,
    command: Command,
    request: Pick<Entry, 'trace' | 'deadline'>,
  ): Promise<CommandOutcome | 'alone'> {
    const known = this.views.knownClassOf(courseId);
    const classId = known ?? (await this.classes.share(courseId, () => this.readClass(courseId)));
    return new Promise((resolve, reject) => {
      this.queueOf(classId).push({ command, ...request, resolve, reject });
    });
  }

  /** Has the classes of the set's courses in memory, by which its turns are told. */
  private async learnClasses(set: ChangeSet): Promise<void> {
    const unknown = coursesOf(set).filter((id) => this.views.knownClassOf(id) === undefined);
    if (unknown.length > 0) await this.views.classesOf(unknown);
  }

  private async readClass(courseId: string): Promise<string> {
    const [classId = courseId] = await this.views.classesOf([courseId]);
    return classId;
  }

  private async commitAlone(
    set: ChangeSet,
    { trace, deadline }: Pick<Entry, 'trace' | 'deadline'>,
  ): Promise<CommandOutcome> {
    await this.learnClasses(set);
    let promotes = true;
    let shares = canShare(set);
    let contended: string | undefined;
    const tryOnce = async () => {
      if (steadyNow() >= deadline) throw inGreatDemand();
      return this.sets.attempt(set, { trace, promotes });
    };
    for (let attempt = 1; ; attempt += 1) {
      const isFree = contended === undefined || attempt <= (shares ? sharingTries : freeTries);
      const tryBeside = async () => {
        if (!shares) return tryOnce();
        return this.turns.courseOf(set) ?? this.turns.tryBeside(set, tryOnce);
      };
      const tried = isFree ? await this.setCommits.runInTurn(tryBeside) : contended;
      const outcome =
        typeof tried === 'object'
          ? tried
          : await (shares
              ? this.turns.join(tried ?? '', { set, trace, deadline })
              : this.queueOf(tried ?? '').exclusive(tryOnce));
      if ('answer' in outcome) return outcome;
      contended = outcome.contendedCourse ?? contended;
      // A promotion may be what the store does not take: the next try leaves the waitlist as it is.
      promotes &&= !outcome.lost.includes('refused');
      // So may be what another set of the same commit does.
      shares &&= !outcome.lost.includes('refused');
      const isThrottled = outcome.lost.includes('throttled');
      await delay(isThrottled ? backoffMs(attempt, storeBackoff) : Math.random() * contentionMs);
    }
  }

  private limit(bounds: typeof commitsAtOnce): AdaptiveLimit {
    return new AdaptiveLimit({ ...bounds, isOverloaded: () => this.loop.averageMs > mostLoopDelayMs });
  }

  private queueOf(classId: string): CourseQueue {
    let queue = this.queues.get(classId);
    if (!queue) {
      queue = new CourseQueue(
        {
          inTurn: (work) => this.commits.runInTurn(work),
          commit: (entries, prefetched) => this.groups.commit(classId, entries, prefetched),
          prefetch: (entries) => this.groups.prefetch(classId, entries),
        },
        () => this.queues.delete(classId),
      );
      this.queues.set(classId, queue);
    }
    return queue;
  }

  private admit(courseId: string): void {
    const classId = this.views.knownClassOf(courseId) ?? courseId;
    const full = this.waiting >= maxPerInstance || (this.queues.get(classId)?.length ?? 0) >= maxPerCourse;
    if (!full) return;
    metrics.shedRequests.inc();
    throw overloaded();
  }

  private async counted<T>(work: Promise<T>): Promise<T> {
    metrics.waitingRequests.set(++this.waiting);
    try {
      return await work;
    } finally {
      metrics.waitingRequests.set(--this.waiting);
      metrics.commitLimit.set(this.commits.limit);
    }
  }
}

function inGreatDemand() {
  return serviceUnavailable('These courses are in great demand. Try again with the same key.');
}

import { Injectable } from '@nestjs/common';
import type {
  Course,
  CourseState,
  CreateCourseRequest,
  PatchCourseRequest,
} from '@registrar/contracts-courses';
import type { CourseSeats } from '@registrar/contracts-enrollments';
import { ConditionFailed, TransactionCancelled, isLostRace, retryOnConflict } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answer, Answered, IdempotentRequest, Recorder } from '@registrar/idempotency';
import { newId, refuseStale, requireMatch } from '@registrar/service';
import { PendingChangeRunner } from '../pending-changes/pending-change-runner.ts';
import { InstructorNames } from '../catalogue/instructor-names.ts';
import { SeatCounts } from '../catalogue/seat-counts.ts';
import { courseAnswer, courseNotFound } from '../catalogue/course-answers.ts';
import type { Counts } from '../catalogue/course-answers.ts';
import { CourseChangeStore } from './course-change.store.ts';
import { CourseChecks } from './course-checks.service.ts';
import { cancelledCourse, changedCourse, newCourse } from './course-change.rules.ts';
import { pendingCourseChange } from './pending-course-change.ts';
import { courseIdFor } from '../catalogue/course.codec.ts';
import type { CourseChange, PendingCourseChange } from '../catalogue/course.codec.ts';

/** A decision on a course: the course as changed, with `version` as its number; undefined where nothing changes. */
type Decide = (
  course: CourseState,
  version: number,
) => CourseState | undefined | Promise<CourseState | undefined>;

/** The request for a new course, and what keeps its answer. */
interface Creation {
  request: IdempotentRequest | undefined;
  record: Recorder;
}

/**
 * Creates, changes and cancels courses, each change agreed with enrollments before it is committed.
 *
 * Guarantee: an answer is given only when the change holds everywhere: for the next enrollment, on every instance.
 * Failure: Problem 503 or 504 when that cannot be; the change is then carried out later or not at all, as a whole,
 * and a creation that is asked for again with the same key gets the truth.
 */
@Injectable()
export class CourseChangesService {
  private readonly runner: PendingChangeRunner<CourseState, PendingCourseChange, CourseSeats>;

  constructor(
    private readonly store: CourseChangeStore,
    private readonly idempotent: IdempotentRequests,
    private readonly checks: CourseChecks,
    private readonly counts: SeatCounts,
    private readonly names: InstructorNames,
  ) {
    this.runner = new PendingChangeRunner(store);
  }

  /** @throws Problem 409 `course_exists`, 422 as `CourseChecks` */
  async create(
    actorId: string,
    asked: CreateCourseRequest,
    request: IdempotentRequest | undefined,
  ): Promise<Answered<Course>> {
    const answered = await this.idempotent.runOnce(request, (record) =>
      retryOnConflict(() => this.createOnce(actorId, asked, { request, record }), {
        // A course that it is linked to or cross-listed with changed in between.
        isRetryable: (error) => error instanceof ConditionFailed,
      }),
    );
    if (!answered.replayed) return answered;
    return { ...answered, body: { ...answered.body, instructors: await this.names.find(answered.body) } };
  }

  /** @throws Problem 404, 409 `invalid_transition`, `course_exists` or `capacity_below_enrolled`, 412, 422, 428 */
  change(
    actorId: string,
    id: string,
    asked: PatchCourseRequest,
    ifMatch: string | undefined,
  ): Promise<Answer<Course>> {
    return this.apply(id, actorId, 'updated', async (course, version) => {
      requireMatch(ifMatch, { thing: 'course', version: course.version });
      await this.checks.refuseChange(asked, course);
      return changedCourse(course, asked, version, new Date().toISOString());
    });
  }

  /** Cancels for good; one that is cancelled stays as it is. @throws Problem 404; 412 where `ifMatch` is given */
  cancel(actorId: string, id: string, ifMatch: string | undefined): Promise<Answer<Course>> {
    return this.apply(id, actorId, 'cancelled', (course, version) => {
      refuseStale(ifMatch, { thing: 'course', version: course.version });
      return cancelledCourse(course, version, new Date().toISOString());
    });
  }

  private async createOnce(
    actorId: string,
    asked: CreateCourseRequest,
    { request, record }: Creation,
  ): Promise<Answer<Course>> {
    const ofClass =
      asked.crossListedOf === null ? undefined : await this.runner.readCompleted(asked.crossListedOf);
    await this.checks.refuseNew(asked, ofClass?.state);
    const createAs = (id: string) => {
      const state = newCourse(id, asked, new Date().toISOString(), ofClass?.state);
      return this.createAs(state, actorId, { request, record, asked, ofClass: ofClass?.state });
    };
    const id = request ? courseIdFor(request) : newId('crs');
    try {
      return await createAs(id);
    } catch (error) {
      const isTaken =
        error instanceof TransactionCancelled && request && (await this.isForgotten(id, request));
      if (!isTaken) throw error;
      return await createAs(newId('crs'));
    }
  }

  private async createAs(
    state: CourseState,
    actorId: string,
    {
      request,
      record,
      asked,
      ofClass,
    }: Creation & { asked: CreateCourseRequest; ofClass: CourseState | undefined },
  ): Promise<Answer<Course>> {
    const step = { before: undefined, next: state };
    const pending: PendingCourseChange = {
      ...pendingCourseChange('created', step, { actorId, now: this.store.now() }),
      request,
      ...(ofClass && asked.capacity === undefined && { capacityOf: 'class' }),
    };
    await this.store.begin(pending, undefined, ofClass);
    const seats = await this.runner.complete(state.id, pending, record);
    return courseAnswer(201, state, seats, await this.names.find(state));
  }

  /**
   * Whether the id that the key stands for was used by a request whose answer is no longer kept, a withdrawn creation
   * included. Where an earlier try of the same request is on its way, that one is brought to its end; its answer is
   * kept then.
   */
  private async isForgotten(id: string, request: IdempotentRequest): Promise<boolean> {
    const stored = await this.runner.readCompleted(id);
    return stored !== undefined && (await this.idempotent.read(request)) === undefined;
  }

  private apply(id: string, actorId: string, change: CourseChange, decide: Decide): Promise<Answer<Course>> {
    return retryOnConflict(async () => {
      const stored = await this.runner.readCompleted(id);
      if (!stored?.state) throw courseNotFound();
      const before = stored.state;
      const next = await decide(before, stored.lastVersion + 1);
      if (!next) return courseAnswer(200, before, await this.counts.of(id), await this.names.find(before));
      const pending: PendingCourseChange = {
        ...pendingCourseChange(change, { before, next }, { actorId, now: this.store.now() }),
        ...(next.crossListedOf !== null && next.capacity !== before.capacity && { capacityOf: 'own' }),
      };
      await this.store.begin(pending, before.version);
      const seats = await this.complete(pending);
      return courseAnswer(200, next, seats, await this.names.find(next));
    });
  }

  /** The seats after the change. @throws TransactionCancelled where another instance ended it, and not by completing it */
  private async complete(pending: PendingCourseChange): Promise<Counts> {
    const { id, version, updatedAt } = pending.state;
    try {
      return await this.runner.complete(id, pending);
    } catch (error) {
      if (!isLostRace(error)) throw error;
      // This instance took longer than its lease, and another one ended the change.
      const now = (await this.runner.readCompleted(id))?.state;
      if (now?.version !== version || now.updatedAt !== updatedAt) throw error;
      return this.counts.of(id);
    }
  }
}

import { Injectable } from '@nestjs/common';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import type {
  ChangesAnswer,
  CompleteRequest,
  EnrollRequest,
  Enrollment,
  SwapRequest,
} from '@registrar/contracts-enrollments';
import { ConcurrentDuplicates, IdempotentRequests, give } from '@registrar/idempotency';
import type { Answered, IdempotentRequest, RefusalAnswer, StoredAnswer } from '@registrar/idempotency';
import { forbidden } from '@registrar/service';
import { MyEnrollmentsCache } from '../my-enrollments/my-enrollments.cache.ts';
import { actorOf, asSeenBy, isInstructor } from '../enrollment/access.rules.ts';
import { enrollmentNotFound, refused } from '../enrollment/answers.ts';
import { Campus } from '../enrollment/campus.ts';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { DeferredWorkEvents } from './commit/deferred-work.events.ts';
import { ChangeRequests, ownCourseOf } from './change-requests.ts';
import { otherSemester } from './planning/other-semester.ts';
import { requireGrades } from './grades.rules.ts';
import { CourseCommitter } from './commit/course-committer.ts';
import { removal, swap } from './planning/change-set.ts';
import type { ChangeSet } from './planning/change-set.ts';
import type { AmendCommand, CommandOutcome, CompleteCommand } from './planning/commands.ts';
import { EnrollmentReader } from '../enrollment/store/enrollment-reader.ts';

/**
 * Registers students: checks who may request what, then commits.
 *
 * Guarantee: an answer is given only after the commit stands, and a request with the same key always gets it.
 */
@Injectable()
export class RegistrationService {
  private readonly concurrentDuplicates = new ConcurrentDuplicates<CommandOutcome>();

  constructor(
    private readonly committer: CourseCommitter,
    private readonly reader: EnrollmentReader,
    private readonly own: MyEnrollmentsCache,
    private readonly requests: ChangeRequests,
    private readonly idempotent: IdempotentRequests,
    private readonly campus: Campus,
    private readonly records: StudentRecords,
    private readonly deferred: DeferredWorkEvents,
  ) {}

  /** @throws Problem 403, 404, 409 with the refusal, 422, 503 */
  async enroll(
    user: Identity,
    asked: EnrollRequest,
    request: IdempotentRequest,
  ): Promise<Answered<Enrollment>> {
    const requester = await this.requests.requester(user, asked);
    const { userId: _, override: __, ...place } = asked;
    const changes = await this.requests.changes(requester.userId, { add: [place], drop: [] });
    if ('refusal' in changes) return this.refuse(request, changes);
    const set: ChangeSet = {
      kind: 'change',
      mode: 'all',
      answer: 'single',
      ...requester,
      ...changes,
      request,
    };
    return this.commitOnce<Enrollment>(set, request);
  }

  /** @throws Problem 404, 409 `drop_period_closed` or `enrollment_completed`, 503 */
  async drop(user: Identity, id: string): Promise<Answered<Enrollment>> {
    const { record, offering } = await this.reader.find(id);
    if (record.userId !== user.id && !hasRole(user, 'registrar')) {
      if (isInstructor(user, offering.instructorIds))
        throw forbidden('Students are dropped by themselves or by a registrar.');
      return give<Enrollment>(enrollmentNotFound, false);
    }
    const { courseId, userId } = record;
    const { answer } = await this.commit(removal({ courseId, userId, actor: actorOf(user, userId) }));
    return give<Enrollment>(answer, false);
  }

  /** @throws Problem 403, 404, 409 `invalid_transition`, 422 for an unknown grade, 503 */
  async complete(
    user: Identity,
    id: string,
    { status, grade, credits, dropOnPromotion }: CompleteRequest,
  ): Promise<Answered<Enrollment>> {
    if (credits !== undefined || dropOnPromotion !== undefined)
      return this.amend(user, id, { credits, dropOnPromotion });
    requireGrades(this.campus.grades, [{ path: 'grade', grade }]);
    const { record, offering } = await this.reader.findFor(user, id);
    if (!hasRole(user, 'registrar') && !isInstructor(user, offering.instructorIds)) throw forbidden();
    const { courseId, userId } = record;
    const actor = actorOf(user, '');
    const answer = await this.completeOne(courseId, { kind: 'complete', userId, actor, status, grade });
    const completed = give<Enrollment>(answer, false);
    return { ...completed, body: asSeenBy(user, completed.body) };
  }

  /** Changes the credits of a seat, or the drop on promotion of a waiting place. */
  private async amend(
    user: Identity,
    id: string,
    change: Pick<AmendCommand, 'credits' | 'dropOnPromotion'>,
  ): Promise<Answered<Enrollment>> {
    const { record } = await this.reader.findFor(user, id);
    const { courseId, userId } = record;
    if (userId !== user.id && !hasRole(user, 'registrar')) throw forbidden();
    const { credits, dropOnPromotion } = change;
    if (typeof dropOnPromotion === 'string') {
      const isOther = (ownCourseOf(userId, dropOnPromotion) ?? courseId) !== courseId;
      if (!isOther) return give<Enrollment>(enrollmentNotFound, false);
      const other = await this.reader.find(dropOnPromotion);
      if (other.record.semesterId !== record.semesterId) throw otherSemester('dropOnPromotion');
    }
    await this.requests.requireCredits([{ courseId, credits }], '');
    const command = { kind: 'amend', userId, actor: actorOf(user, userId), ...change } as const;
    const { answer } = await this.acknowledge(userId, this.committer.submitTo(courseId, command));
    return give<Enrollment>(answer, false);
  }

  /**
   * Completes, corrects or undoes one enrollment; waiting places of other semesters, that the student's record decides
   * about, are judged again too.
   */
  async completeOne(courseId: string, command: CompleteCommand): Promise<StoredAnswer> {
    const { userId } = command;
    const { answer } = await this.acknowledge(userId, this.committer.submitTo(courseId, command));
    if (!('refusal' in answer)) await this.rejudgeWaits(userId);
    return answer;
  }

  private async rejudgeWaits(userId: string): Promise<void> {
    for (const semesterId of await this.records.markWaits(userId))
      this.deferred.emit('scheduleLoosened', userId, semesterId);
  }

  /** @throws Problem 404, 409 with the refusal, 422, 503 */
  async swap(user: Identity, asked: SwapRequest, request: IdempotentRequest): Promise<Answered<Enrollment>> {
    const { dropEnrollmentId, addCourseId } = asked;
    const dropCourseId = ownCourseOf(user.id, dropEnrollmentId);
    if (dropCourseId === undefined) return this.refuse(request, enrollmentNotFound);
    if (dropCourseId === addCourseId) return this.refuse(request, sameCourse(addCourseId));
    const actor = actorOf(user, user.id);
    return this.commitOnce<Enrollment>(
      swap({ userId: user.id, actor, dropCourseId, addCourseId, request }),
      request,
    );
  }

  /** Refuses a request, and keeps the answer for its repetitions. */
  private refuse(request: IdempotentRequest, refusal: RefusalAnswer): Promise<Answered<Enrollment>> {
    return this.idempotent.runOnce(request, async () => give<Enrollment>(refusal, false));
  }

  /** Commits a set once, also where its request is sent several times at once. */
  async commitOnce<Body>(set: ChangeSet, request: IdempotentRequest): Promise<Answered<Body>> {
    const { outcome, isDuplicate } = await this.concurrentDuplicates.share(request, () => this.commit(set));
    return give<Body>(outcome.answer, isDuplicate || outcome.replayed);
  }

  private commit(set: ChangeSet): Promise<CommandOutcome> {
    return this.acknowledge(set.userId, this.committer.submit(set));
  }

  /** Sees to it that the own list shows what is acknowledged. */
  private async acknowledge(userId: string, committing: Promise<CommandOutcome>): Promise<CommandOutcome> {
    const outcome = await committing;
    const semesterId = semesterOf(outcome.answer);
    if (outcome.earlier && semesterId !== '') await this.own.catchUp(userId, semesterId);
    return outcome;
  }
}

/** The semester of the enrollments that a success carries; empty where it carries none. */
function semesterOf(answer: StoredAnswer): string {
  if ('refusal' in answer) return '';
  const { semesterId, results = [] } = answer.body as Partial<Enrollment & ChangesAnswer>;
  return semesterId ?? results.find((result) => result.enrollment)?.enrollment?.semesterId ?? '';
}

function sameCourse(courseId: string) {
  return refused({
    code: 'already_enrolled',
    detail: 'Both are the same course: there is nothing to swap.',
    params: { course: null, other: null },
    conflicts: [courseId],
  });
}

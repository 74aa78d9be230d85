import { Injectable, Logger } from '@nestjs/common';
import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import type { EnrollRequest, Enrollment, SwapRequest } from '@registrar/contracts-enrollments';
import { IdempotentRequests, InFlight, give } from '@registrar/idempotency';
import type { Answer, Answered, IdempotentRequest, StoredAnswer } from '@registrar/idempotency';
import { forbidden, validationFailed } from '@registrar/service';
import { UsersRepository } from '@registrar/users-projection';
import { MyEnrollmentsCache } from '../my-enrollments/my-enrollments.cache.ts';
import { actorOf, isInstructor } from '../enrollment/access.rules.ts';
import { enrollmentNotFound, refused } from '../enrollment/answers.ts';
import { CourseCommitter } from './commit/course-committer.ts';
import { SwapCommit } from './commit/swap-commit.ts';
import type { CommandOutcome, CompleteCommand, DropCommand, EnrollCommand } from './planning/commands.ts';
import { courseOfEnrollment } from './planning/transition.ts';
import { EnrollmentReader } from '../enrollment/store/enrollment-reader.ts';

/**
 * Registers students: who may ask for what, then the commit.
 *
 * Guarantee: an answer is given only after the commit stands, and a request with the same key always gets it.
 */
@Injectable()
export class RegistrationService {
  private readonly audit = new Logger('Audit');
  private readonly twins = new InFlight<CommandOutcome>();

  constructor(
    private readonly committer: CourseCommitter,
    private readonly swaps: SwapCommit,
    private readonly reader: EnrollmentReader,
    private readonly own: MyEnrollmentsCache,
    private readonly users: UsersRepository,
    private readonly idempotent: IdempotentRequests,
  ) {}

  /** @throws Problem 403, 404, 409 with the refusal, 422, 503 */
  async enroll(
    user: Identity,
    asked: EnrollRequest,
    request: IdempotentRequest,
  ): Promise<Answered<Enrollment>> {
    const onBehalf = asked.userId !== undefined || asked.override !== undefined;
    if (onBehalf && !hasRole(user, 'registrar'))
      throw forbidden('Only a registrar enrolls others or sets rules aside.');
    const userId = asked.userId ?? user.id;
    if (userId !== user.id && !(await this.users.byId(userId))) {
      throw validationFailed([{ path: 'userId', message: 'There is no such user.' }]);
    }
    const actor = onBehalf ? { ...actorOf(user, ''), id: user.id } : actorOf(user, userId);
    const { courseId, joinWaitlist } = asked;
    const override = new Set(asked.override ?? []);
    const command: EnrollCommand = {
      kind: 'enroll',
      courseId,
      userId,
      actor,
      joinWaitlist,
      override,
      request,
    };
    const { outcome, twin } = await this.twins.run(request, () => this.commit(command));
    if (onBehalf)
      this.audit.log(
        { actorId: user.id, action: 'enroll', courseId, userId, override: [...override] },
        'registrar write',
        'Audit',
      );
    return give<Enrollment>(outcome.answer, twin || outcome.replayed);
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
    const { answer } = await this.commit({
      kind: 'drop',
      courseId,
      userId,
      actor: actorOf(user, userId),
    });
    if (user.id !== userId)
      this.audit.log({ actorId: user.id, action: 'drop', courseId, userId }, 'registrar write', 'Audit');
    return give<Enrollment>(answer, false);
  }

  /** @throws Problem 403, 404, 409 `invalid_transition`, 503 */
  async complete(user: Identity, id: string): Promise<Answered<Enrollment>> {
    const { record, offering } = await this.reader.findFor(user, id);
    if (!hasRole(user, 'registrar') && !isInstructor(user, offering.instructorIds)) throw forbidden();
    const { courseId, userId } = record;
    const actor = actorOf(user, '');
    const { answer } = await this.commit({ kind: 'complete', courseId, userId, actor });
    this.audit.log({ actorId: user.id, action: 'complete', courseId, userId }, 'registrar write', 'Audit');
    return give<Enrollment>(answer, false);
  }

  /** @throws Problem 404, 409 with the refusal, 422, 503 */
  async swap(user: Identity, asked: SwapRequest, request: IdempotentRequest): Promise<Answered<Enrollment>> {
    const answer = await this.idempotent.run<Enrollment>(request, async (record) => {
      const dropCourseId = courseOfEnrollment(asked.dropEnrollmentId);
      const own = dropCourseId !== undefined && (await this.reader.isOwn(user.id, asked.dropEnrollmentId));
      if (!own) return give<Enrollment>(enrollmentNotFound, false);
      const { addCourseId } = asked;
      if (dropCourseId === addCourseId) return give<Enrollment>(sameCourse(addCourseId), false);
      const swap = { userId: user.id, actor: actorOf(user, user.id), dropCourseId, addCourseId };
      return this.committer.exclusive(
        user.id,
        [dropCourseId, addCourseId],
        () => this.swaps.commit(swap, record) as Promise<Answer<Enrollment>>,
      );
    });
    if (answer.replayed) await this.own.catchUp(user.id, semesterOf(answer));
    return answer;
  }

  /** Commits a command, and sees to it that the own list knows what is acknowledged. */
  private async commit(command: EnrollCommand | DropCommand | CompleteCommand): Promise<CommandOutcome> {
    const outcome = await this.committer.submit(command);
    if (outcome.earlier) await this.own.catchUp(command.userId, semesterOf(outcome.answer));
    return outcome;
  }
}

/** The semester of the enrollment that a success carries. */
function semesterOf(answer: StoredAnswer): string {
  return 'refusal' in answer ? '' : (answer.body as Enrollment).semesterId;
}

function sameCourse(courseId: string) {
  return refused({
    code: 'already_enrolled',
    detail: 'Both are the same course: there is nothing to swap.',
    conflicts: [courseId],
  });
}

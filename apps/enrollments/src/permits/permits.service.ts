import { Injectable } from '@nestjs/common';
import { Auditor, changesOf } from '@registrar/audit';
import type { AuditEntry } from '@registrar/audit';
import type { Identity } from '@registrar/auth';
import type { GrantPermitRequest, PageQuery, Permit } from '@registrar/contracts-enrollments';
import { Dynamo, TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answer, Answered, IdempotentRequest, Recorder } from '@registrar/idempotency';
import { OutboxRelay } from '@registrar/messaging';
import { Problem, clockNow, forbidden, validationFailed } from '@registrar/service';
import type { Fault } from '@registrar/service';
import { UsersRepository } from '@registrar/users-projection';
import type { KnownUser } from '@registrar/users-projection';
import type { Offering } from '../enrollment/enrollment.types.ts';
import { maxPermits } from '../enrollment/student-record/permits.rules.ts';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import { beyondRight } from './permit-access.rules.ts';
import { grantPermit, revokePermit } from './permit-changes.ts';
import { PermitCourses } from './permit-courses.ts';
import { PermitPages } from './permit-pages.ts';
import { grantedKey } from './permit.codec.ts';
import type { StoredPermit } from './permit.codec.ts';
import { PermitsRepository } from './permits.repository.ts';

/** A permit to be granted, with all that it takes. */
interface Grant {
  grantedBy: Identity;
  offering: Offering;
  student: KnownUser;
  asked: GrantPermitRequest;
}

/**
 * Permits: granted and revoked by a course's instructors and registrars.
 *
 * Guarantee: a permit that is answered counts for the very next request, on every instance, and a revoked one does
 * not; permit, record, the request that it settles, event and kept answer are one transaction.
 */
@Injectable()
export class PermitsService {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly permits: PermitsRepository,
    private readonly courses: PermitCourses,
    private readonly pages: PermitPages,
    private readonly records: StudentRecords,
    private readonly users: UsersRepository,
    private readonly idempotent: IdempotentRequests,
    private readonly relay: OutboxRelay,
    private readonly deferred: DeferredWorkEvents,
    private readonly auditor: Auditor,
  ) {}

  /** @throws Problem 403, 404 `course_not_found`, 422 for an unknown user, a time that is over, too many permits, 503 */
  grant(
    user: Identity,
    courseId: string,
    asked: GrantPermitRequest,
    request: IdempotentRequest | undefined,
  ): Promise<Answered<Permit>> {
    return this.idempotent.runOnce(request, async (record) => {
      const offering = await this.courses.granting(user, courseId);
      const beyond = beyondRight(user, asked.allows);
      if (beyond.length > 0)
        throw forbidden(`Instructors cannot allow ${beyond.join(', ')}. Ask the registrar's office.`);
      const student = await this.student(asked);
      const grant = { grantedBy: user, offering, student, asked };
      // A request that was made or settled in between is read again.
      return retryOnConflict(() => this.commit(grant, record), { isRetryable: isRequestChanged });
    });
  }

  /** A revoked one is given as it is. @throws Problem 403, 404 `course_not_found`, `permit_not_found`, 503 */
  async revoke(user: Identity, courseId: string, id: string): Promise<Permit> {
    await this.courses.granting(user, courseId);
    const permit = await this.requirePermit(courseId, id);
    if (permit.revokedAt !== null) return this.pages.namedOne(permit);
    const { userId } = permit;
    const { tables } = this.dynamo;
    let recorded: AuditEntry | undefined;
    await this.records.change(
      userId,
      (before, revokedAt) => {
        const revoked = revokePermit(tables, before, permit, { revokedAt, revokedBy: user.id });
        recorded = this.entryOf(user, permit, { ...permit, revokedAt });
        return { ...revoked, actions: [recorded.action, ...revoked.actions] };
      },
      { rejudges: false },
    );
    recorded?.publish();
    return this.pages.namedOne(await this.requirePermit(courseId, id));
  }

  /** @throws Problem 400 `invalid_cursor`, 403, 404 `course_not_found`, 503 */
  async list(user: Identity, courseId: string, query: PageQuery) {
    await this.courses.granting(user, courseId);
    const asked = { list: 'permits', courseId };
    return this.pages.page<StoredPermit>(
      asked,
      query,
      (page) => this.permits.ofCourse(courseId, page),
      grantedKey,
    );
  }

  /** @throws Problem 400 `invalid_cursor`, 503 */
  listOwn({ id: userId }: Identity, query: PageQuery) {
    const asked = { list: 'own permits', userId };
    return this.pages.page<StoredPermit>(
      asked,
      query,
      (page) => this.permits.ofUser(userId, page),
      grantedKey,
    );
  }

  private async commit(
    { grantedBy, offering, student, asked }: Grant,
    record: Recorder,
  ): Promise<Answer<Permit>> {
    const { allows, expiresAt, note } = asked;
    const { id: userId, name: userName, email: userEmail } = student;
    const openRequestId = await this.permits.openRequestId({ courseId: offering.courseId, userId });
    const keptUntil = await this.courses.keptUntil(offering);
    let granted:
      { change: ReturnType<typeof grantPermit>; answer: Answer<Permit>; recorded: AuditEntry } | undefined;
    const { waits } = await this.records.change(
      userId,
      (before, grantedAt) => {
        const fresh = {
          allows,
          expiresAt,
          note,
          grantedBy: grantedBy.id,
          grantedAt,
          openRequestId,
          keptUntil,
        };
        const change = grantPermit(this.dynamo.tables, before, offering, fresh);
        if (change.record.permits.length > maxPermits) throw tooManyPermits(asked);
        const answer = { status: 201, body: { ...change.permit, userName, userEmail } };
        const recorded = this.entryOf(grantedBy, undefined, change.permit);
        granted = { change, answer, recorded };
        return {
          record: change.record,
          actions: [...record(answer, userId), recorded.action, ...change.actions],
        };
      },
      { rejudges: true },
    );
    if (!granted) throw new Error('No permit was granted.');
    this.relay.publish(granted.change.outbox);
    granted.recorded.publish();
    for (const semesterId of waits) this.deferred.emit('scheduleLoosened', userId, semesterId);
    return granted.answer;
  }

  /** The student who is named. @throws Problem 422 for an unknown one, and with it for a time that is over */
  private async student({ userId, email, expiresAt }: GrantPermitRequest): Promise<KnownUser> {
    const student =
      userId === undefined
        ? [...(await this.users.byEmails([email ?? ''])).values()][0]
        : await this.users.byId(userId);
    const path = userId === undefined ? 'email' : 'userId';
    const faults: Fault[] = [];
    if (!student) faults.push({ path, code: 'not_found', message: 'There is no such user.' });
    if (expiresAt !== null && expiresAt <= new Date(clockNow()).toISOString()) {
      const message = 'This time is over. Give a later one, or null for a permit without an end.';
      faults.push({ path: 'expiresAt', code: 'invalid_value', message });
    }
    if (!student || faults.length > 0) throw validationFailed(faults);
    return student;
  }

  private entryOf(actor: Identity, before: StoredPermit | undefined, after: StoredPermit): AuditEntry {
    const { id, userId } = after;
    return this.auditor.entry({
      actor,
      action: before ? 'permit_revoked' : 'permit_granted',
      subjectId: userId,
      resource: `permit:${id}`,
      ...changesOf(before, after),
    });
  }

  private async requirePermit(courseId: string, id: string): Promise<StoredPermit> {
    const permit = await this.permits.permit(id);
    if (permit?.courseId !== courseId)
      throw new Problem(404, 'permit_not_found', 'There is no such permit in this course.');
    return permit;
  }
}

/** Whether a grant failed by the last of its actions: the student's open request is not what was read. */
function isRequestChanged(error: unknown): boolean {
  return error instanceof TransactionCancelled && error.failedCondition(error.reasons.length - 1);
}

function tooManyPermits({ userId }: GrantPermitRequest): Problem {
  const message = `A student has at most ${maxPermits} permits that can still be used. Revoke others first.`;
  const path = userId === undefined ? 'email' : 'userId';
  return validationFailed([{ path, code: 'too_long', message, params: { max: maxPermits } }]);
}

import { Injectable } from '@nestjs/common';
import { Auditor } from '@registrar/audit';
import type { Identity } from '@registrar/auth';
import type { PageQuery, PermitRequest, ReasonRequest } from '@registrar/contracts-enrollments';
import { Dynamo, TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answered, IdempotentRequest } from '@registrar/idempotency';
import { OutboxRelay } from '@registrar/messaging';
import { Problem, clockNow, newId } from '@registrar/service';
import type { Offering } from '../enrollment/enrollment.types.ts';
import { StudentRecords } from '../enrollment/student-record/student-records.ts';
import { declineRequest } from './permit-changes.ts';
import { PermitCourses } from './permit-courses.ts';
import { PermitPages } from './permit-pages.ts';
import { openActions, requestedKey } from './permit-request.codec.ts';
import type { StoredRequest } from './permit-request.codec.ts';
import { PermitsRepository } from './permits.repository.ts';

/**
 * Requests for permits: made by students, declined by a course's instructors and registrars, or settled by a grant.
 *
 * Guarantee: a student has one open request in a course at most, whichever instances are asked; a decline and its
 * event are one transaction.
 */
@Injectable()
export class PermitRequestsService {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly permits: PermitsRepository,
    private readonly courses: PermitCourses,
    private readonly pages: PermitPages,
    private readonly records: StudentRecords,
    private readonly idempotent: IdempotentRequests,
    private readonly relay: OutboxRelay,
    private readonly auditor: Auditor,
  ) {}

  /** @throws Problem 404 `course_not_found`, 409 `course_not_open`, `permit_request_exists`, 503 */
  requestPermit(
    { id: userId }: Identity,
    courseId: string,
    { reason }: ReasonRequest,
    request: IdempotentRequest | undefined,
  ): Promise<Answered<PermitRequest>> {
    return this.idempotent.runOnce(request, async (record) => {
      const keptUntil = await this.courses.keptUntil(await this.courses.asking(courseId));
      const requestedAt = new Date(clockNow()).toISOString();
      const asked = { id: newId('prq'), courseId, userId, reason, status: 'open', requestedAt } as const;
      const answer = { status: 201, body: await this.pages.namedOne<StoredRequest>(asked) };
      const opening = openActions(this.dynamo.tables, asked, keptUntil);
      try {
        await this.dynamo.transact([...opening, ...record(answer, userId)]);
      } catch (error) {
        throw isOpenAlready(error, opening.length) ? alreadyOpen() : error;
      }
      return answer;
    });
  }

  /** @throws Problem 400 `invalid_cursor`, 403, 404 `course_not_found`, 503 */
  async list(user: Identity, courseId: string, query: PageQuery) {
    await this.courses.granting(user, courseId);
    const asked = { list: 'permit requests', courseId };
    return this.pages.page<StoredRequest>(
      asked,
      query,
      (page) => this.permits.requestsOf(courseId, page),
      requestedKey,
    );
  }

  /**
   * A declined one is given as it is.
   *
   * @throws Problem 403, 404 `course_not_found`, `permit_request_not_found`, 409 `permit_request_granted`, 503
   */
  async decline(
    user: Identity,
    courseId: string,
    { requestId, reason }: ReasonRequest & { requestId: string },
  ): Promise<PermitRequest> {
    const offering = await this.courses.granting(user, courseId);
    // Settled by somebody else in between: read again.
    const declined = await retryOnConflict(async () => {
      const request = await this.requireRequest(courseId, requestId);
      if (request.status === 'granted') throw alreadyGranted();
      if (request.status === 'declined') return request;
      await this.commitDecline(user, offering, { request, reason });
      return { ...request, status: 'declined' as const };
    });
    return this.pages.namedOne<StoredRequest>(declined);
  }

  private async commitDecline(
    actor: Identity,
    offering: Offering,
    { request, reason }: ReasonRequest & { request: StoredRequest },
  ): Promise<void> {
    const { id, userId } = request;
    const recorded = this.auditor.entry({
      actor,
      action: 'permit_request_declined',
      subjectId: userId,
      resource: `permit_request:${id}`,
      before: { status: request.status },
      after: { status: 'declined' },
    });
    let declined: ReturnType<typeof declineRequest> | undefined;
    await this.records.change(
      userId,
      (before, declinedAt) => {
        const words = { request, reason, declinedBy: actor.id, declinedAt };
        declined = declineRequest(this.dynamo.tables, before, offering, words);
        return { ...declined, actions: [recorded.action, ...declined.actions] };
      },
      { rejudges: false },
    );
    if (declined) this.relay.publish(declined.outbox);
    recorded.publish();
  }

  private async requireRequest(courseId: string, id: string): Promise<StoredRequest> {
    const request = await this.permits.request(id);
    if (request?.courseId !== courseId)
      throw new Problem(404, 'permit_request_not_found', 'There is no such request in this course.');
    return request;
  }
}

/** Whether the mark of another open request stood in the way, and not a kept answer: that one is the answer then. */
function isOpenAlready(error: unknown, answerAt: number): boolean {
  return (
    error instanceof TransactionCancelled && error.failedCondition(1) && !error.failedCondition(answerAt)
  );
}

function alreadyOpen(): Problem {
  const detail = 'You have asked for a permit in this course already. Wait for the answer to that request.';
  return new Problem(409, 'permit_request_exists', detail);
}

function alreadyGranted(): Problem {
  const detail = 'A permit was granted for this request. Revoke the permit instead.';
  return new Problem(409, 'permit_request_granted', detail);
}

import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import type { ChangesAnswer, ChangesRequest } from '@registrar/contracts-enrollments';
import { IdempotentRequests, give } from '@registrar/idempotency';
import type { Answered, IdempotentRequest, StoredAnswer } from '@registrar/idempotency';
import { Problem } from '@registrar/service';
import { ChangeCheck } from './change-check.ts';
import { ChangeRequests } from './change-requests.ts';
import type { ChangeSet } from './planning/change-set.ts';
import { RegistrationService } from './registration.service.ts';

/**
 * Takes and gives up several places in one semester by one request.
 *
 * Guarantee: one commit and one effect for a key, over restarts; a dry run writes nothing.
 */
@Injectable()
export class ChangesService {
  constructor(
    private readonly requests: ChangeRequests,
    private readonly registration: RegistrationService,
    private readonly check: ChangeCheck,
    private readonly idempotent: IdempotentRequests,
  ) {}

  /** @throws Problem 400 without a key, 403, 404, 409 `changes_refused` with the results, 422, 503 */
  async change(
    user: Identity,
    asked: ChangesRequest,
    { dryRun, request }: { dryRun: boolean; request: IdempotentRequest | undefined },
  ): Promise<Answered<ChangesAnswer>> {
    if (!dryRun && !request) {
      throw new Problem(400, 'idempotency_key_required', 'Send an Idempotency-Key header with this request.');
    }
    const requester = await this.requests.requester(user, asked);
    const changes = await this.requests.changes(requester.userId, asked);
    if ('refusal' in changes) return this.refuse(request, changes);
    const set: ChangeSet = {
      kind: 'change',
      mode: asked.mode,
      answer: 'results',
      ...requester,
      ...changes,
      request: dryRun ? undefined : request,
    };
    if (dryRun || !request) return give<ChangesAnswer>(await this.check.judge(set), false);
    return this.registration.commitOnce<ChangesAnswer>(set, request);
  }

  private async refuse(
    request: IdempotentRequest | undefined,
    refusal: StoredAnswer,
  ): Promise<Answered<ChangesAnswer>> {
    return this.idempotent.runOnce(request, async () => give<ChangesAnswer>(refusal, false));
  }
}

import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import type { Erasure } from '@registrar/contracts-gateway';
import { retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answered, IdempotentRequest } from '@registrar/idempotency';
import { Problem, newId } from '@registrar/service';
import { erasureEntry } from '../accounts/account-events.ts';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { ActiveAdmins } from '../accounts/active-admins.ts';
import { emailDigest } from '../accounts/email-key.rules.ts';
import type { Account } from '../accounts/user.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { UserDirectory } from '../directory/user-directory.ts';
import { tokensBelow } from '../revocations/revocation.ts';
import { ProfileCache } from '../users/profile-cache.ts';
import { erasureKeptMs, erasureView, erasingServices } from './erasure.ts';
import { ErasuresRepository } from './erasures.repository.ts';

/** Who erases, and from where. */
interface Eraser {
  actor: Identity;
  address: string;
}

/**
 * Erases persons, for good.
 *
 * Guarantee: account, claims, tokens and the event that tells the services are one commit: from then on nobody signs in
 * or is found by it. The event is the last one of the user, and has nothing of the person in it.
 * Failure: Problem 404 `user_not_found`, `erasure_not_found`, 409 `last_admin`.
 */
@Injectable()
export class ErasureService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly admins: ActiveAdmins,
    private readonly directory: UserDirectory,
    private readonly erasures: ErasuresRepository,
    private readonly ledger: AccountLedger,
    private readonly profiles: ProfileCache,
    private readonly audit: AuditLog,
    private readonly idempotent: IdempotentRequests,
  ) {}

  /** Begins the erasure of a user; of one who was erased, it is the same erasure. */
  begin(
    eraser: Eraser,
    userId: string,
    request: IdempotentRequest | undefined,
  ): Promise<Answered<{ id: string }>> {
    return this.idempotent.runOnce(request, (record) =>
      retryOnConflict(async () => {
        const account = await this.accounts.byId(userId);
        if (!account) return { status: 202, body: await this.formerOf(userId) };
        const answer = { status: 202, body: { id: newId('era') } };
        await this.commit(account, answer.body.id, eraser, record(answer));
        this.profiles.forgetBefore(userId, account.version + 1);
        this.directory.forget(userId);
        return answer;
      }),
    );
  }

  /** How far an erasure is. */
  async one(id: string): Promise<Erasure> {
    const found = await this.erasures.byId(id);
    if (!found) throw new Problem(404, 'erasure_not_found', 'There is no erasure with this id.');
    return erasureView(found);
  }

  /** Notes that a service has erased the person. @throws Problem 404 for a service that does not erase */
  async reported(id: string, service: string): Promise<void> {
    const known = erasingServices.find((name) => name === service);
    if (!known) throw new Problem(404, 'service_not_found', 'No service of this name erases.');
    await this.erasures.markDone(id, known);
  }

  private async formerOf(userId: string): Promise<{ id: string }> {
    const erased = await this.accounts.erasedById(userId);
    if (!erased) throw new Problem(404, 'user_not_found', 'There is no user with this id.');
    return { id: erased.erasure_id };
  }

  private async commit(
    account: Account,
    id: string,
    { actor, address }: Eraser,
    kept: TransactAction[],
  ): Promise<void> {
    const admins = await this.admins.actionsFor(account, undefined);
    const asked = { actorId: actor.id, target: account.id, address };
    const now = new Date();
    const erasure = this.erasures.creation({
      id,
      user_id: account.id,
      begun_at: now.toISOString(),
      begun_by: actor.id,
      done: [],
      email_digest: emailDigest(account.email),
      expires_at: Math.ceil((now.getTime() + erasureKeptMs) / 1_000),
    });
    await this.ledger.commit({
      actions: [...this.accounts.erasure(account, id), erasure, ...admins, ...kept],
      entries: [erasureEntry(account, id, now), this.audit.entry('user_erased', asked).outbox],
      revocation: tokensBelow(account.tokenVersion + 1, account, 'erased'),
    });
  }
}

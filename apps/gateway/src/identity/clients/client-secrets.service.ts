import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import { maxClientSecrets } from '@registrar/contracts-gateway';
import type { ClientSecret } from '@registrar/contracts-gateway';
import { TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answered, IdempotentRequest, Recorder } from '@registrar/idempotency';
import { Problem, newId } from '@registrar/service';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { ClientRepository } from './client.repository.ts';
import { hashOf, newSecret } from './client-secret.rules.ts';
import { ClientsService } from './clients.service.ts';

/** A lost record (the second condition) is another request's, and answers this one. */
const clientChanged = {
  isRetryable: (error: unknown) =>
    error instanceof TransactionCancelled && error.failedCondition(0) && !error.failedCondition(1),
};

/**
 * The secrets of API clients, two at most of each.
 *
 * Guarantee: no secret is stored anywhere, only its hash; nothing is acknowledged without its audit record.
 * Failure: Problem 404, 409 `too_many_secrets`; 409 `secret_not_repeated` for a request that made one before.
 */
@Injectable()
export class ClientSecretsService {
  constructor(
    private readonly ledger: AccountLedger,
    private readonly clients: ClientRepository,
    private readonly service: ClientsService,
    private readonly idempotent: IdempotentRequests,
    private readonly audit: AuditLog,
  ) {}

  /** Makes a secret, which is in the answer and nowhere else. */
  async create(
    actor: Identity,
    clientId: string,
    request: IdempotentRequest | undefined,
    address: string,
  ): Promise<Answered<ClientSecret>> {
    let made: ClientSecret | undefined;
    const createOnce = (record: Recorder) => async () => {
      const before = await this.service.byId(clientId);
      if (before.secrets.length >= maxClientSecrets) throw tooManySecrets();
      const kept = { id: newId('sec'), createdAt: new Date().toISOString() };
      made = { ...kept, secret: newSecret() };
      const secrets = [...before.secrets, { ...kept, hash: hashOf(made.secret) }];
      const answer = { status: 201, body: kept };
      const event = { actorId: actor.id, target: clientId, address, detail: kept.id };
      await this.ledger.commit({
        actions: [this.clients.change(before, { ...before, secrets }), ...record(answer)],
        entries: [this.audit.entry('client_secret_created', event).outbox],
      });
      return answer;
    };
    const kept = await this.idempotent.runOnce(request, (record) =>
      retryOnConflict(createOnce(record), clientChanged),
    );
    if (made?.id !== kept.body.id) throw secretNotRepeated();
    return { ...kept, body: made };
  }

  /** Removes a secret; tokens that were got with it live to their end. @throws Problem 404 `secret_not_found` */
  remove(actor: Identity, clientId: string, secretId: string, address: string): Promise<void> {
    return retryOnConflict(async () => {
      const before = await this.service.byId(clientId);
      const secrets = before.secrets.filter(({ id }) => id !== secretId);
      if (secrets.length === before.secrets.length)
        throw new Problem(404, 'secret_not_found', 'The API client has no secret with this id.');
      const event = { actorId: actor.id, target: clientId, address, detail: secretId };
      await this.ledger.commit({
        actions: [this.clients.change(before, { ...before, secrets })],
        entries: [this.audit.entry('client_secret_deleted', event).outbox],
      });
    });
  }
}

function tooManySecrets(): Problem {
  const detail = `The API client has ${maxClientSecrets} secrets. Delete the one that is not used any more first.`;
  return new Problem(409, 'too_many_secrets', detail, { params: { max: maxClientSecrets } });
}

function secretNotRepeated(): Problem {
  const detail =
    'A secret was made by this Idempotency-Key before, and is shown once. If you do not have it, delete it and make another with a new key.';
  return new Problem(409, 'secret_not_repeated', detail);
}

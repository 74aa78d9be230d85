import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import { maxClientSecrets } from '@registrar/contracts-gateway';
import type { ClientSecret } from '@registrar/contracts-gateway';
import { Dynamo, TransactionCancelled, retryOnConflict } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answer, Answered, IdempotentRequest, Recorder } from '@registrar/idempotency';
import { CONFIG, Problem, newId } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { AuditLog } from '../audit/audit-log.ts';
import { ClientRepository } from './client.repository.ts';
import { clientSecretKey, hashOf, secretOf } from './client-secret.rules.ts';
import { ClientsService } from './clients.service.ts';

/** What is kept of the answer to a request that may be sent again: the seed of the secret, and not the secret. */
interface KeptSecret {
  id: string;
  createdAt: string;
  seed: string;
  hash: string;
}

/**
 * The secrets of API clients, two at most of each.
 *
 * Guarantee: no secret is stored anywhere. The client keeps its hash; an answer that is kept for a repetition has a
 * seed of it, from which only who has the services' secret can make it.
 * Failure: Problem 404, 409 `too_many_secrets`; 409 `secret_not_kept` for a repetition after the services' secret was
 * changed.
 */
@Injectable()
export class ClientSecretsService {
  private readonly key: Buffer;

  constructor(
    @Inject(CONFIG) config: Pick<ServiceConfig, 'SERVICE_TOKEN_SECRET'>,
    private readonly dynamo: Dynamo,
    private readonly clients: ClientRepository,
    private readonly service: ClientsService,
    private readonly idempotent: IdempotentRequests,
    private readonly audit: AuditLog,
  ) {
    this.key = clientSecretKey(config.SERVICE_TOKEN_SECRET);
  }

  /** Makes a secret, which is in the answer and nowhere else. */
  async create(
    actor: Identity,
    clientId: string,
    request: IdempotentRequest | undefined,
    address: string,
  ): Promise<Answered<ClientSecret>> {
    const kept = await this.idempotent.runOnce(request, async (record) => {
      const answer = await retryOnConflict(() => this.createOnce(clientId, record), {
        // The client changed in between; a lost record is another request's, and answers this one.
        isRetryable: (error) =>
          error instanceof TransactionCancelled && error.failedCondition(0) && !error.failedCondition(1),
      });
      this.audit.record('client_secret_created', 'succeeded', {
        actorId: actor.id,
        target: clientId,
        address,
        detail: answer.body.id,
      });
      return answer;
    });
    return { ...kept, body: this.shown(kept.body) };
  }

  /** Removes a secret; tokens that were got with it live to their end. @throws Problem 404 `secret_not_found` */
  remove(actor: Identity, clientId: string, secretId: string, address: string): Promise<void> {
    return retryOnConflict(async () => {
      const before = await this.service.byId(clientId);
      const secrets = before.secrets.filter(({ id }) => id !== secretId);
      if (secrets.length === before.secrets.length)
        throw new Problem(404, 'secret_not_found', 'The API client has no secret with this id.');
      await this.dynamo.transact([this.clients.change(before, { ...before, secrets })]);
      const event = { actorId: actor.id, target: clientId, address, detail: secretId };
      this.audit.record('client_secret_deleted', 'succeeded', event);
    });
  }

  private async createOnce(clientId: string, record: Recorder): Promise<Answer<KeptSecret>> {
    const before = await this.service.byId(clientId);
    if (before.secrets.length >= maxClientSecrets) throw tooManySecrets();
    const seed = randomBytes(32).toString('base64url');
    const hash = hashOf(secretOf(seed, this.key));
    const stored = { id: newId('sec'), hash, createdAt: new Date().toISOString() };
    const answer = { status: 201, body: { ...stored, seed } };
    const change = this.clients.change(before, { ...before, secrets: [...before.secrets, stored] });
    await this.dynamo.transact([change, ...record(answer)]);
    return answer;
  }

  private shown({ id, createdAt, seed, hash }: KeptSecret): ClientSecret {
    const secret = secretOf(seed, this.key);
    if (hashOf(secret) !== hash) throw secretNotKept();
    return { id, secret, createdAt };
  }
}

function tooManySecrets(): Problem {
  const detail = `The API client has ${maxClientSecrets} secrets. Delete the one that is not used any more first.`;
  return new Problem(409, 'too_many_secrets', detail, { params: { max: maxClientSecrets } });
}

function secretNotKept(): Problem {
  const detail = 'This secret cannot be shown again. Delete it and make another.';
  return new Problem(409, 'secret_not_kept', detail);
}

import { Injectable } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import type {
  ApiClient,
  ClientPage,
  ClientsQuery,
  CreateClientRequest,
  PatchClientRequest,
} from '@registrar/contracts-gateway';
import { scopeNames } from '@registrar/contracts-http';
import type { Scope } from '@registrar/contracts-http';
import { CursorCodec, Dynamo, retryOnConflict } from '@registrar/dynamodb';
import { IdempotentRequests } from '@registrar/idempotency';
import type { Answered, IdempotentRequest } from '@registrar/idempotency';
import { Problem, newId } from '@registrar/service';
import { AccountLedger } from '../accounts/account-ledger.ts';
import type { AccountCommit } from '../accounts/account-ledger.ts';
import { AuditLog } from '../audit/audit-log.ts';
import { revocationAction, tokensBelow } from '../revocations/revocation.ts';
import { Revocations } from '../revocations/revocations.ts';
import { clientOf } from './client.ts';
import type { ClientRecord } from './client.ts';
import { ClientRepository } from './client.repository.ts';

const query = { route: 'clients' };

/**
 * The API clients of the campus, for admins.
 *
 * Guarantee: taking a scope away, and deleting a client, ends its tokens in the same commit: this instance refuses
 * them once the call returned, every other one within a second.
 * Failure: Problem 404 `client_not_found`.
 */
@Injectable()
export class ClientsService {
  private readonly revocationsTable: string;

  constructor(
    private readonly dynamo: Dynamo,
    private readonly ledger: AccountLedger,
    private readonly cursors: CursorCodec,
    private readonly clients: ClientRepository,
    private readonly idempotent: IdempotentRequests,
    private readonly revocations: Revocations,
    private readonly audit: AuditLog,
  ) {
    this.revocationsTable = dynamo.tables.name('revocations');
  }

  /** The client with this id. */
  async byId(id: string): Promise<ClientRecord> {
    const client = await this.clients.byId(id);
    if (!client) throw new Problem(404, 'client_not_found', 'There is no API client with this id.');
    return client;
  }

  /** A page of all, newest first. @throws Problem 400 `invalid_cursor` */
  async list({ limit, cursor }: ClientsQuery): Promise<ClientPage> {
    const position = this.cursors.decode<{ before: string }>(query, cursor);
    const { clients, next } = await this.clients.page(limit, position?.before);
    const nextCursor = next === undefined ? null : this.cursors.encode(query, { before: next });
    return { items: clients.map(clientOf), nextCursor };
  }

  /** Makes a client without secrets. */
  create(
    actor: Identity,
    { name, scopes }: CreateClientRequest,
    request: IdempotentRequest | undefined,
    address: string,
  ): Promise<Answered<ApiClient>> {
    return this.idempotent.runOnce(request, async (record) => {
      const client: ClientRecord = {
        id: newId('client'),
        name,
        scopes: inOrder(scopes),
        secrets: [],
        createdAt: new Date().toISOString(),
        version: 1,
        tokenVersion: 1,
        lastUsedAt: null,
      };
      const headers = { location: `/api/clients/${client.id}` };
      const answer = { status: 201, headers, body: clientOf(client) };
      const event = { actorId: actor.id, target: client.id, address, detail: client.scopes.join(' ') };
      const entries = [this.audit.entry('client_created', event).outbox];
      await this.ledger.commit({ actions: [this.clients.creation(client), ...record(answer)], entries });
      return answer;
    });
  }

  /** Changes what `fields` names; what is so already stays as it is. */
  change(actor: Identity, id: string, fields: PatchClientRequest, address: string): Promise<ApiClient> {
    return retryOnConflict(async () => {
      const before = await this.byId(id);
      const { name = before.name } = fields;
      const scopes = fields.scopes === undefined ? before.scopes : inOrder(fields.scopes);
      const isSame = name === before.name && scopes.join() === before.scopes.join();
      if (isSame) return clientOf(before);
      const isNarrowed = before.scopes.some((scope) => !scopes.includes(scope));
      const after = { ...before, name, scopes, tokenVersion: before.tokenVersion + Number(isNarrowed) };
      const detail = `${before.scopes.join(' ')} -> ${scopes.join(' ')}`;
      const recorded = this.audit.entry('client_changed', { actorId: actor.id, target: id, address, detail });
      const commit = { actions: [this.clients.change(before, after)], entries: [recorded.outbox] };
      await (isNarrowed ? this.commitEnding(commit, after) : this.ledger.commit(commit));
      return clientOf(after);
    });
  }

  /** Removes a client with its secrets. */
  remove(actor: Identity, id: string, address: string): Promise<void> {
    return retryOnConflict(async () => {
      const before = await this.byId(id);
      const ended = { ...before, tokenVersion: before.tokenVersion + 1 };
      const recorded = this.audit.entry('client_deleted', { actorId: actor.id, target: id, address });
      await this.commitEnding({ actions: [this.clients.removal(before)], entries: [recorded.outbox] }, ended);
    });
  }

  /**
   * Commits with the end of all tokens below the client's token version. No event tells it: every instance reads the
   * table within a second.
   */
  private async commitEnding(
    { actions, ...events }: AccountCommit,
    { id, tokenVersion }: ClientRecord,
  ): Promise<void> {
    const { sequence: _, ...pending } = tokensBelow(tokenVersion, { id, eventSequence: 0 }, 'roles');
    const revocation = { ...pending, at: this.dynamo.now() };
    const ending = revocationAction(this.revocationsTable, revocation);
    await this.ledger.commit({ actions: [...actions, ending], ...events });
    this.revocations.apply(revocation);
  }
}

function inOrder(scopes: readonly Scope[]): Scope[] {
  return scopeNames.filter((name) => scopes.includes(name));
}

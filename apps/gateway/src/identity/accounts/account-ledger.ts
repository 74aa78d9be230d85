import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { OutboxRelay, outboxAction } from '@registrar/messaging';
import type { OutboxEntry } from '@registrar/messaging';
import { revocationAction } from '../revocations/revocation.ts';
import type { PendingRevocation } from '../revocations/revocation.ts';
import { Revocations } from '../revocations/revocations.ts';
import { revocationEntry } from './account-events.ts';

/** The writes, events and revocation of one commit. */
export interface AccountCommit {
  actions: TransactAction[];
  /** Facts for other services. */
  entries?: OutboxEntry[];
  /** Tokens that stop working with it. */
  revocation?: PendingRevocation;
}

/**
 * Commits changes of accounts and sessions.
 *
 * Guarantee: the change, its events and its revocation are written together or not at all; once `commit`
 * returned, this instance refuses the revoked tokens, and every other one does within a second.
 * Failure: TransactionCancelled where a condition did not hold (reasons in the order of `actions`), Problem 503
 * where the store is away.
 */
@Injectable()
export class AccountLedger {
  private readonly revocationsTable: string;

  constructor(
    private readonly dynamo: Dynamo,
    private readonly relay: OutboxRelay,
    private readonly revocations: Revocations,
  ) {
    this.revocationsTable = dynamo.tables.name('revocations');
  }

  async commit({ actions, entries = [], revocation: unstamped }: AccountCommit): Promise<void> {
    const revocation = unstamped && { ...unstamped, at: this.dynamo.now() };
    const published = revocation ? [...entries, revocationEntry(revocation, revocation.sequence)] : entries;
    await this.dynamo.transact([
      ...actions,
      ...(revocation ? [revocationAction(this.revocationsTable, revocation)] : []),
      ...published.map((entry) => outboxAction(this.dynamo.tables, entry)),
    ]);
    if (revocation) this.revocations.apply(revocation);
    for (const entry of published) this.relay.publish(entry);
  }
}

import { Injectable } from '@nestjs/common';
import type { Preferences } from '@registrar/contracts-notifications';
import { Dynamo } from '@registrar/dynamodb';
import type { CommitPlan } from './commit-plan.rules.ts';
import { commitActions } from './commit-plan.rules.ts';
import type { ErasedMark, InboxState } from './inbox-state.rules.ts';
import { emptyInbox } from './inbox-state.rules.ts';

/** Inboxes and preferences of the users that a commit notifies, by user id. */
interface RecipientState {
  inboxes: Map<string, InboxState>;
  preferences: Map<string, Preferences>;
  /** Users who were erased: nothing is written for them any more. */
  erased: Set<string>;
}

/** The ledger's tables, for those who write rows. */
@Injectable()
export class LedgerRepository {
  private readonly names: { notifications: string; inboxes: string };

  constructor(private readonly dynamo: Dynamo) {
    const { tables } = dynamo;
    this.names = {
      notifications: tables.name('notifications'),
      inboxes: tables.name('inboxes'),
    };
  }

  /** The store's time: rows are written by several instances and compared. */
  now(): number {
    return this.dynamo.now();
  }

  /** Inboxes and preferences of users, read consistently. */
  async stateOf(userIds: readonly string[]): Promise<RecipientState> {
    const keys = userIds.map((userId) => ({ table: this.names.inboxes, key: { user_id: userId } }));
    const items = await this.dynamo.batchGet<Partial<InboxState & Preferences & ErasedMark>>(keys);
    const found = userIds.map((id, at) => ({ id, item: items[at] }));
    return {
      erased: new Set(found.flatMap(({ id, item }) => (item?.erased ? [id] : []))),
      inboxes: new Map(found.map(({ id, item }) => [id, { ...emptyInbox(id), ...item }])),
      preferences: new Map(
        found.flatMap(({ id, item }) => (item?.email ? [[id, { email: item.email }] as const] : [])),
      ),
    };
  }

  /** Writes all of a plan or nothing. @throws TransactionCancelled, with the rows' reasons first */
  async commit(plan: CommitPlan): Promise<void> {
    await this.dynamo.transact(commitActions(plan, this.names), { conflicts: 'throw' });
  }
}

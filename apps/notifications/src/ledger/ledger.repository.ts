import { Injectable } from '@nestjs/common';
import type { Preferences } from '@registrar/contracts-notifications';
import { Dynamo } from '@registrar/dynamodb';
import type { CommitPlan } from './commit-plan.rules.ts';
import { commitActions } from './commit-plan.rules.ts';
import type { InboxState } from './inbox-state.rules.ts';
import { emptyInbox } from './inbox-state.rules.ts';
import type { NotificationRow } from './notification-row.ts';

/** What is known of people before they are told something. */
export interface PeopleState {
  inboxes: Map<string, InboxState>;
  preferences: Map<string, Preferences>;
}

/** The ledger's tables, for those who write rows. */
@Injectable()
export class LedgerRepository {
  private readonly names: { notifications: string; inboxes: string; preferences: string };

  constructor(private readonly dynamo: Dynamo) {
    const { tables } = dynamo;
    this.names = {
      notifications: tables.name('notifications'),
      inboxes: tables.name('inboxes'),
      preferences: tables.name('preferences'),
    };
  }

  /** Inboxes and preferences of `people`, read consistently. */
  async stateOf(people: readonly string[]): Promise<PeopleState> {
    const { inboxes, preferences } = this.names;
    const keys = [inboxes, preferences].flatMap((table) =>
      people.map((userId) => ({ table, key: { user_id: userId } })),
    );
    const items = await this.dynamo.batchGet(keys, { consistent: true });
    const states = items.slice(0, people.length) as (Partial<InboxState> | undefined)[];
    const chosen = items.slice(people.length) as (Preferences | undefined)[];
    return {
      inboxes: new Map(people.map((id, at) => [id, { ...emptyInbox(id), ...states[at] }])),
      preferences: new Map(people.flatMap((id, at) => (chosen[at] ? [[id, chosen[at]] as const] : []))),
    };
  }

  /** Writes all of a plan or nothing. @throws TransactionCancelled, with the rows' reasons first */
  async commit(plan: CommitPlan): Promise<void> {
    await this.dynamo.transact(commitActions(plan, this.names), { conflicts: 'throw' });
  }

  /** A row by its id, read consistently. */
  row(id: string): Promise<NotificationRow | undefined> {
    return this.dynamo.get<NotificationRow>({
      TableName: this.names.notifications,
      Key: { id },
      ConsistentRead: true,
    });
  }
}

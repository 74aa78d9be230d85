import { InboxRepository } from '../inbox/inbox.repository.ts';
import type { RowPlace } from '../ledger/inbox-state.rules.ts';

/** An inbox whose index has caught up with nothing yet: DynamoDB Local never lags, DynamoDB may. */
export class LaggingIndex extends InboxRepository {
  override places(): Promise<RowPlace[]> {
    return Promise.resolve([]);
  }
}

import { Injectable } from '@nestjs/common';
import { Dynamo, rowCodec } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { emailDigest } from '../accounts/email-key.rules.ts';
import type { Confirmation } from './confirmation.ts';

const confirmationRow = rowCodec<Confirmation>()({
  id: 'id',
  email: 'email',
  name: 'name',
  passwordHash: 'password_hash',
  nonce: 'nonce',
  createdAt: 'created_at',
  expiresAt: 'valid_until',
});

/** An item of the `email_confirmations` table; `expires_at` is its TTL, seconds. */
type ConfirmationItem = ReturnType<typeof confirmationRow.toItem> & { mailbox: string; expires_at: number };

/** Those who wait for the confirmation of an email, by id and by email; several may wait with the same one. */
@Injectable()
export class ConfirmationRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('email_confirmations');
  }

  /** The one with this id, where its time is not over; as the last acknowledged write left it. */
  async byId(id: string): Promise<Confirmation | undefined> {
    const item = await this.dynamo.get<ConfirmationItem>('email_confirmations', { id });
    const found = item && confirmationRow.fromItem(item);
    return found && found.expiresAt > this.dynamo.now() ? found : undefined;
  }

  /** The last one to ask with this email; the index learns of one a moment late. */
  async newestOf(email: string): Promise<Confirmation | undefined> {
    const { items } = await this.dynamo.query<Pick<ConfirmationItem, 'id'>>({
      TableName: this.table,
      IndexName: 'ConfirmationsByMailbox',
      KeyConditionExpression: 'mailbox = :mailbox',
      ExpressionAttributeValues: { ':mailbox': emailDigest(email) },
      ScanIndexForward: false,
      Limit: 1,
    });
    return this.byId(items[0]?.id ?? 'nobody');
  }

  /** Deletes all that the index shows of an email. @param mailbox its `emailDigest` */
  async forget(mailbox: string): Promise<void> {
    const shown = this.dynamo.queryAll<Pick<ConfirmationItem, 'id'>>({
      TableName: this.table,
      IndexName: 'ConfirmationsByMailbox',
      KeyConditionExpression: 'mailbox = :mailbox',
      ExpressionAttributeValues: { ':mailbox': mailbox },
    });
    const ids = (await Array.fromAsync(shown)).map(({ id }) => id);
    await this.dynamo.batchWrite(ids.map((id) => ({ table: this.table, delete: { id } })));
  }

  creation(confirmation: Confirmation): TransactAction {
    return { Put: { TableName: this.table, Item: confirmationItemOf(confirmation) } };
  }

  /** Uses one up; fails where it was used before. */
  use(id: string): TransactAction {
    return {
      Delete: { TableName: this.table, Key: { id }, ConditionExpression: 'attribute_exists(id)' },
    };
  }
}

/** One who waits, as the table keeps it. */
export function confirmationItemOf(confirmation: Confirmation): ConfirmationItem {
  return {
    ...confirmationRow.toItem(confirmation),
    mailbox: emailDigest(confirmation.email),
    expires_at: Math.ceil(confirmation.expiresAt / 1_000),
  };
}

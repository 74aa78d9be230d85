import type { MailStatus } from '@registrar/contracts-notifications';
import { shardOf, shards } from '@registrar/dynamodb';
import type { NotificationRow } from './notification-row.ts';

/** The states of a mail that somebody may look for. */
export type SoughtMailState = Extract<MailStatus, 'queued' | 'failed'>;

/** The partition of MailByState in which a mail in this state is. */
export function mailShard(state: SoughtMailState, id: string): string {
  return `${state}#${shardOf(id)}`;
}

/** Every partition of MailByState for a state. */
export function mailShardsOf(state: SoughtMailState): string[] {
  return shards.map((shard) => `${state}#${shard}`);
}

/** The mail attributes of a new row: to be sent now, or never. */
export function newMail(
  id: string,
  status: 'queued' | 'suppressed',
  nowMs: number,
): Pick<NotificationRow, 'mail_status' | 'mail_attempts' | 'mail_shard' | 'mail_due_at'> {
  if (status === 'suppressed') return { mail_status: status, mail_attempts: 0 };
  return { mail_status: status, mail_attempts: 0, mail_shard: mailShard('queued', id), mail_due_at: nowMs };
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { userRegistered } from '@registrar/contracts-gateway';
import type { BatchWriteRequest } from '@registrar/dynamodb';
import { makeEvent, outboxAction, outboxEntry } from '@registrar/messaging';
import pMap from 'p-map';
import type { PlannedUser } from '../dataset/dataset.ts';
import { workspaceRoot } from '../script-path.ts';
import type { StoreAddress } from './bench-store.ts';
import { openStore } from './bench-store.ts';

const atATime = 25;
const width = 4;
/** No password fits it: nobody signs in as a user of the bench. */
const noPassword =
  '$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/**
 * Writes users straight into the gateway's tables, as registering would have, but without a password hash each.
 * The fact of each goes into the outbox, from where the gateway's sweeper publishes it to the services.
 */
export async function loadUsers(
  users: readonly PlannedUser[],
  store: StoreAddress,
  now: Date,
): Promise<void> {
  const tables: unknown = JSON.parse(
    readFileSync(join(workspaceRoot, 'apps', 'gateway', 'tables.json'), 'utf8'),
  );
  const dynamo = openStore('gateway', tables, store);
  const itemsOf = (user: PlannedUser): BatchWriteRequest[] => {
    const createdAt = now.toISOString();
    const { id, email, name } = user;
    const account = {
      id,
      directory: 'everybody',
      email_key: email,
      email,
      name,
      roles: ['student'],
      created_at: createdAt,
      version: 1,
      token_version: 1,
      session_epoch: 1,
      password_hash: noPassword,
    };
    const state = { id, email, name, roles: ['student' as const], createdAt, version: 1 };
    const event = makeEvent(userRegistered, {
      id: id.replace('usr', 'evt'),
      subject: id,
      time: now,
      data: { user: state, actorId: id },
    });
    const entry = outboxEntry({
      topic: userRegistered.topic,
      key: id,
      sequence: 1,
      events: [event],
      now: now.getTime(),
    });
    const { Put } = outboxAction(dynamo.tables, entry);
    return [
      { table: dynamo.tables.name('users'), put: account },
      { table: dynamo.tables.name('user_emails'), put: { email_key: email, user_id: id } },
      { table: dynamo.tables.name('outbox'), put: Put?.Item ?? {} },
    ];
  };
  try {
    const groups = Array.from({ length: Math.ceil(users.length / atATime) }, (_, at) =>
      users.slice(at * atATime, (at + 1) * atATime),
    );
    await pMap(groups, (group) => dynamo.batchWrite(group.flatMap(itemsOf)), { concurrency: width });
  } finally {
    dynamo.close();
  }
}

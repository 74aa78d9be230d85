import { userRegistered } from '@registrar/contracts-gateway';
import type { UserState } from '@registrar/contracts-gateway';
import type { BatchWriteRequest, Dynamo } from '@registrar/dynamodb';
import pMap from 'p-map';

/** A user to store; a student where no roles are named. */
export type SeedUser = Pick<UserState, 'id' | 'email' | 'name'> &
  Partial<Pick<UserState, 'roles'>> & {
    /** Argon2id in PHC format; left out, nobody signs in as this user. */
    readonly passwordHash?: string;
  };

const batchSize = 25;
const concurrency = 6;
/** No password matches it: nobody signs in as one of these users. */
const noPassword =
  '$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/**
 * Writes users into the gateway's tables as a sign-up would have, with the password hash that each has, if any. The event of each goes
 * into the outbox, from where the gateway's sweeper publishes it.
 *
 * @param gateway the gateway's tables
 */
export async function storeUsers(users: readonly SeedUser[], gateway: Dynamo, now: Date): Promise<void> {
  const itemsOf = await itemMaker(gateway, now);
  const batches = Array.from({ length: Math.ceil(users.length / batchSize) }, (_, at) =>
    users.slice(at * batchSize, (at + 1) * batchSize),
  );
  await pMap(batches, (batch) => gateway.batchWrite(batch.flatMap(itemsOf)), { concurrency });
}

/** Makes the items of one user: the account, its email, and the event in the outbox. The library is built by then. */
async function itemMaker(gateway: Dynamo, now: Date): Promise<(user: SeedUser) => BatchWriteRequest[]> {
  const { makeEvent, outboxAction, outboxEntry } = await import('@registrar/messaging');
  return ({ id, email, name, roles = ['student'], passwordHash = noPassword }) => {
    const createdAt = now.toISOString();
    const account = {
      id,
      directory: 'everybody',
      email_key: email,
      email,
      name,
      roles,
      created_at: createdAt,
      version: 1,
      token_version: 1,
      session_epoch: 1,
      password_hash: passwordHash,
    };
    const event = makeEvent(userRegistered, {
      id: id.replace('usr', 'evt'),
      subject: id,
      time: now,
      data: { user: { id, email, name, roles, createdAt, version: 1, externalId: null }, actorId: id },
    });
    const entry = outboxEntry({
      topic: userRegistered.topic,
      key: id,
      sequence: 1,
      events: [event],
      now: now.getTime(),
    });
    return [
      { table: gateway.tables.name('users'), put: account },
      { table: gateway.tables.name('user_emails'), put: { email_key: email, user_id: id } },
      { table: gateway.tables.name('outbox'), put: outboxAction(gateway.tables, entry).Put?.Item ?? {} },
    ];
  };
}

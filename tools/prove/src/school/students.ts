import { userRegistered } from '@registrar/contracts-gateway';
import type { Dynamo } from '@registrar/dynamodb';
import type { BatchWriteRequest } from '@registrar/dynamodb';
import { makeEvent, outboxAction, outboxEntry } from '@registrar/messaging';
import pMap from 'p-map';
import type { Random } from '@registrar/testing/random';
import { drawnId } from '@registrar/testing/random';

/** Somebody with an account. */
export interface Student {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'student' | 'registrar';
}

const atATime = 25;
const width = 6;
/** No password fits it: nobody signs in. */
const noPassword =
  '$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** The students of a run, and the registrar at their head. */
export function drawStudents(random: Random, count: number): Student[] {
  return Array.from({ length: count + 1 }, (_, index) => ({
    id: drawnId(random, 'usr'),
    email: `${index === 0 ? 'registrar-of-the-proof' : `student${index}`}@students.registrar.example`,
    name: index === 0 ? 'Registrar of the proof' : `Student ${index}`,
    role: index === 0 ? ('registrar' as const) : ('student' as const),
  }));
}

/**
 * Writes accounts into the gateway's tables as registering would have, without a password hash each. The fact of
 * each goes into the outbox, from where the gateway's sweeper publishes it.
 *
 * @param gateway the gateway's tables
 */
export async function enlist(students: readonly Student[], gateway: Dynamo): Promise<void> {
  const now = new Date();
  const groups = Array.from({ length: Math.ceil(students.length / atATime) }, (_, at) =>
    students.slice(at * atATime, (at + 1) * atATime),
  );
  await pMap(
    groups,
    (group) => gateway.batchWrite(group.flatMap((student) => accountItems(student, gateway, now))),
    { concurrency: width },
  );
}

function accountItems({ id, email, name, role }: Student, gateway: Dynamo, now: Date): BatchWriteRequest[] {
  const createdAt = now.toISOString();
  const account = {
    id,
    directory: 'everybody',
    email_key: email,
    email,
    name,
    roles: [role],
    created_at: createdAt,
    version: 1,
    token_version: 1,
    session_epoch: 1,
    password_hash: noPassword,
  };
  const event = makeEvent(userRegistered, {
    id: id.replace('usr', 'evt'),
    subject: id,
    time: now,
    data: { user: { id, email, name, roles: [role], createdAt, version: 1 }, actorId: id },
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
}

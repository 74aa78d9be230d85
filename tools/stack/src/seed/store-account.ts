import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import type { SeedTarget } from '../system/options.ts';
import { workspaceRoot } from '../workspace.ts';
import { storeUsers } from './store-users.ts';

/** An account that is to be made. */
interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** As the gateway hashes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Makes an account by its rows alone, as a sign-up would have: for a system where nobody may sign up, or where emails
 * are confirmed first. The email must not have an account. Resolves with its id.
 */
export async function storeAccount(
  { DYNAMODB_ENDPOINT, TABLE_PREFIX }: SeedTarget['store'],
  { email, name, password }: NewAccount,
): Promise<string> {
  const { createDynamo } = await import('@registrar/dynamodb');
  const tables: unknown = JSON.parse(readFileSync(join(workspaceRoot, 'apps/gateway/tables.json'), 'utf8'));
  const config = { DYNAMODB_ENDPOINT, TABLE_PREFIX, AWS_REGION: process.env['AWS_REGION'] ?? 'us-east-1' };
  const gateway = createDynamo({ service: 'gateway', tables, config });
  try {
    const id = `usr_${Array.from(randomBytes(20), (byte) => alphabet.charAt(byte % 32)).join('')}`;
    const passwordHash = await hash(password, cost);
    await storeUsers([{ id, email, name, passwordHash }], gateway, new Date());
    return id;
  } finally {
    gateway.close();
  }
}

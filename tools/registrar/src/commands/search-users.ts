import { gatewayRoutes } from '@registrar/contracts-gateway';
import type { User, UsersQuery } from '@registrar/contracts-gateway';
import { itemsOf } from '@registrar/contracts-http';
import { UsageFault, exitCodes } from '../faults.ts';
import { table } from '../terminal.ts';
import { tell } from './context.ts';
import type { CommandContext } from './context.ts';

/** Which users are shown. */
export interface UserFilter {
  role?: NonNullable<UsersQuery['role']>;
  status?: NonNullable<UsersQuery['status']>;
  /** So many at most. */
  max: string;
}

/** Shows users in order of email. @throws UsageFault for a `max` that is no number */
export async function searchUsers(
  { api, terminal, json }: CommandContext,
  words: string | undefined,
  { role, status, max }: UserFilter,
): Promise<number> {
  const limit = Number(max);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageFault(`--max is no number: ${max}`);
  const query = { ...(words && { q: words }), ...(role && { role }), ...(status && { status }) };
  const found: User[] = [];
  let isMore = false;
  const all = itemsOf(
    async (paging) => (await api.call(gatewayRoutes.listUsers, { query: { ...query, ...paging } })).body,
  );
  for await (const user of all) {
    isMore = found.length === limit;
    if (isMore) break;
    found.push(user);
  }
  const shown = table(found.map(rowOf));
  const text = found.length === 0 ? 'Nobody is found.' : `${shown}${isMore ? '\nThere are more.' : ''}`;
  tell({ terminal, json }, { users: found, isMore }, text);
  return exitCodes.done;
}

function rowOf({ id, email, name, externalId, roles, status }: User): string[] {
  return [id, email ?? '-', name ?? '-', externalId ?? '-', roles.join('|'), status];
}

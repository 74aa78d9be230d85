import { randomUUID } from 'node:crypto';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { exitCodes } from '../faults.ts';
import { tell } from './context.ts';
import type { CommandContext } from './context.ts';
import { findUser } from './find-user.ts';
import type { PersonName } from './find-user.ts';

/** Suspends an account; one that is suspended stays as it is. Needs an admin. */
export async function suspendUser(context: CommandContext, who: PersonName, reason: string): Promise<number> {
  const { id, status } = await findUser(context.api, who);
  const ask = { params: { id }, body: { reason }, key: randomUUID() };
  const { body: user } = await context.api.call(gatewayRoutes.suspendUser, ask);
  const changed = status !== user.status;
  const words = `The account of ${user.email} is ${changed ? 'now' : 'already'} suspended.`;
  tell(context, { userId: id, email: user.email, status: user.status, changed }, words);
  return exitCodes.done;
}

/** Ends the suspension of an account. Needs an admin. */
export async function restoreUser(context: CommandContext, who: PersonName): Promise<number> {
  const { id, status } = await findUser(context.api, who);
  const ask = { params: { id }, key: randomUUID() };
  const { body: user } = await context.api.call(gatewayRoutes.restoreUser, ask);
  const changed = status !== user.status;
  const words = `The account of ${user.email} is ${changed ? 'active again' : 'active already'}.`;
  tell(context, { userId: id, email: user.email, status: user.status, changed }, words);
  return exitCodes.done;
}

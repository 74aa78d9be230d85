import { gatewayRoutes } from '@registrar/contracts-gateway';
import { ApiFault, exitCodes } from '../faults.ts';
import { tell } from './context.ts';
import type { CommandContext } from './context.ts';

/** Sets the external id of the user with an email; one that is so already is left as it is. Needs an admin. */
export async function setExternalId(
  context: CommandContext,
  email: string,
  externalId: string,
): Promise<number> {
  const { api } = context;
  const { items } = (await api.call(gatewayRoutes.listUsers, { query: { email } })).body;
  const [user] = items;
  if (!user) throw new ApiFault(404, 'user_not_found', `Nobody has the email ${email}. (user_not_found)`);
  const changed = user.externalId !== externalId;
  if (changed) {
    const ask = { params: { id: user.id }, body: { externalId } };
    await api.call(gatewayRoutes.changeUser, ask);
  }
  const result = { userId: user.id, email: user.email, externalId, changed };
  tell(context, result, `The external id of ${user.email} is ${changed ? 'now' : 'already'} ${externalId}.`);
  return exitCodes.done;
}

import { gatewayRoutes } from '@registrar/contracts-gateway';
import type { User } from '@registrar/contracts-gateway';
import type { RegistrarApi } from '../api/registrar-api.ts';
import { ApiFault, UsageFault } from '../faults.ts';

/** How a command names a person: by one of the two. */
export interface PersonName {
  email?: string | undefined;
  externalId?: string | undefined;
}

/**
 * The user of that name.
 *
 * @throws UsageFault unless one of the two is given; ApiFault where nobody has it
 */
export async function findUser(api: RegistrarApi, { email, externalId }: PersonName): Promise<User> {
  if ((email === undefined) === (externalId === undefined))
    throw new UsageFault('Say who by --email or by --external-id, one of them.');
  const query = email === undefined ? { externalId } : { email };
  const [user] = (await api.call(gatewayRoutes.listUsers, { query })).body.items;
  if (user) return user;
  const name = email === undefined ? `the external id ${externalId}` : `the email ${email}`;
  throw new ApiFault(404, 'user_not_found', `Nobody has ${name}. (user_not_found)`);
}

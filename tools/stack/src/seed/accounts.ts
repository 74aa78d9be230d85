import { bodyOf } from '@registrar/contracts-http';
import type { SeedTarget } from '../system/options.ts';
import { demoApi } from './demo-client.ts';
import { storeAccount } from './store-account.ts';

/** Where the demo data goes, and the token of the administrator who loads it. */
export interface Registrar {
  readonly target: SeedTarget;
  readonly token: string;
}

/** The email of a demo account. */
export function mail(who: string): string {
  return `${who}@registrar.example`;
}

/** Signs in. @returns undefined where there is no such account, or it has another password */
export async function signIn(
  { gatewayUrl }: SeedTarget,
  email: string,
  password: string,
): Promise<string | undefined> {
  const answer = await demoApi(gatewayUrl, [401, 429]).login({ body: { email, password } });
  return answer.ok ? answer.body.accessToken : undefined;
}

/** Makes an account, unless it is there already; resolves with its id. */
export async function account({ target, token }: Registrar, who: string, name: string): Promise<string> {
  const { gatewayUrl, admin, store } = target;
  // Where nobody may sign up it is 403; where emails are confirmed first, nothing is made.
  const api = demoApi(gatewayUrl, [403, 409]);
  const email = mail(who);
  const { items } = bodyOf(await api.listUsers({ token, query: { email } }));
  if (items[0]) return items[0].id;
  const { password } = admin;
  const made = await api.register({ body: { email, password, name } });
  return made.ok && made.body ? made.body.user.id : storeAccount(store, { email, name, password });
}

/** An account with a role. */
export async function staff(
  registrar: Registrar,
  role: 'registrar' | 'instructor',
  name: string,
  who: string = role,
): Promise<string> {
  const id = await account(registrar, who, name);
  const { target, token } = registrar;
  await demoApi(target.gatewayUrl).setRoles({ token, params: { id }, body: { roles: [role] } });
  return id;
}

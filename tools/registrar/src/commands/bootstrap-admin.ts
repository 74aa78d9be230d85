import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { internalGatewayRoutes } from '@registrar/contracts-gateway';
import { RegistrarApi } from '../api/registrar-api.ts';
import { UsageFault, exitCodes } from '../faults.ts';
import { tell } from './context.ts';
import type { CommandOutput } from './context.ts';

/** Seconds that the token of the call is good for, tries included. */
const tokenSeconds = 60;
/** Where the local stack keeps what its apps share, from the folder of the repository. */
const localSecrets = join('.local', 'secrets.json');

/** What the command works with: nobody is signed in. */
export interface BootstrapContext extends CommandOutput {
  url: string;
}

/**
 * Prints a one-time link by which somebody sets a password and becomes the first admin. It is for who runs the system:
 * it takes the secret that its services share.
 *
 * Failure: UsageFault without the secret; ApiFault `admin_exists` where an admin is active.
 */
export async function bootstrapAdmin(
  context: BootstrapContext,
  email: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const secret = environment['SERVICE_TOKEN_SECRET'] ?? (await localSecret());
  const api = new RegistrarApi(context.url, { token: serviceToken(secret, Date.now()) });
  const { body } = await api.call(internalGatewayRoutes.bootstrapAdmin, { body: { email } });
  const { link, expiresAt } = body;
  const words = `${link}\nWho opens it before ${expiresAt} sets the password of ${body.email} and becomes an admin.`;
  tell(context, { email: body.email, link, expiresAt }, words);
  return exitCodes.done;
}

async function localSecret(): Promise<string> {
  const text = await readFile(localSecrets, 'utf8').catch(() => '{}');
  const { SERVICE_TOKEN_SECRET: secret } = JSON.parse(text) as { SERVICE_TOKEN_SECRET?: string };
  if (secret !== undefined) return secret;
  throw new UsageFault('Set SERVICE_TOKEN_SECRET to the secret that the services of the system share.');
}

/** The token of a call to the gateway, as its services make theirs. */
function serviceToken(secret: string, nowMs: number): string {
  const now = Math.floor(nowMs / 1_000);
  const claims = { iss: 'registrar-cli', aud: 'gateway', iat: now, exp: now + tokenSeconds };
  const text = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

import { randomUUID } from 'node:crypto';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { itemsOf, scopeNames } from '@registrar/contracts-http';
import type { Scope } from '@registrar/contracts-http';
import { UsageFault, exitCodes } from '../faults.ts';
import { table } from '../terminal.ts';
import { campusTimeOf } from './campus-words.ts';
import { tell } from './context.ts';
import type { CommandContext } from './context.ts';

/** Shows the API clients, the newest first. Needs an admin, as all commands about them. */
export async function listClients(context: CommandContext): Promise<number> {
  const { api, json } = context;
  const pageOf = async (paging: { limit: number; cursor?: string }) =>
    (await api.call(gatewayRoutes.listClients, { query: paging })).body;
  const clients = await Array.fromAsync(itemsOf(pageOf));
  const at = json || clients.length === 0 ? String : await campusTimeOf(api);
  const rows = clients.map(({ id, name, scopes, secrets, lastUsedAt }) => [
    id,
    name,
    `secrets: ${secrets.map((secret) => secret.id).join(', ') || 'none'}`,
    lastUsedAt === null ? 'never used' : `used ${at(lastUsedAt)}`,
    scopes.join(' ') || 'no scopes',
  ]);
  tell(context, { clients }, clients.length === 0 ? 'No API clients.' : table(rows));
  return exitCodes.done;
}

/** Makes an API client with scopes, which stand between commas; it has no secret yet. */
export async function createClient(context: CommandContext, name: string, list: string): Promise<number> {
  const ask = { key: randomUUID(), body: { name, scopes: scopesOf(list) } };
  const { body: client } = await context.api.call(gatewayRoutes.createClient, ask);
  tell(context, client, `Made ${client.id}. Its secret comes by: registrar clients secret ${client.id}`);
  return exitCodes.done;
}

/** Makes a secret of an API client. In words, stdout has the secret alone, to be piped to where it is kept. */
export async function createClientSecret(context: CommandContext, clientId: string): Promise<number> {
  const ask = { key: randomUUID(), params: { id: clientId } };
  const { body } = await context.api.call(gatewayRoutes.createClientSecret, ask);
  context.terminal.err(`Made ${body.id} of ${clientId}. It is shown this once.\n`);
  tell(context, body, body.secret);
  return exitCodes.done;
}

function scopesOf(list: string): Scope[] {
  const names = [...new Set(list.split(/[ ,]+/).filter((name) => name !== ''))];
  const scopes = scopeNames.filter((name) => names.includes(name));
  if (scopes.length < names.length) throw new UsageFault(`--scopes are some of ${scopeNames.join(', ')}.`);
  return scopes;
}

import type { ApiClient, ClientSecret } from '@registrar/contracts-gateway';
import type { Scope } from '@registrar/contracts-http';
import { request } from 'undici';
import type { RunningGateway, TestAnswer } from './running-gateway.ts';

/** An API client with one secret. */
export interface MadeClient {
  id: string;
  secret: string;
  secretId: string;
}

/** Makes an API client with these scopes. @param token of an admin */
export async function makeClient(
  gateway: RunningGateway,
  token: string,
  scopes: readonly Scope[],
): Promise<MadeClient> {
  const made = await gateway.post('/api/clients', { name: 'Learning platform', scopes }, token);
  const { id } = made.json as unknown as ApiClient;
  const answer = await gateway.call('POST', `/api/clients/${id}/secrets`, { token });
  const secret = answer.json as unknown as ClientSecret;
  return { id, secret: secret.secret, secretId: secret.id };
}

/** Sends a form, as a program does that has no library for OAuth. */
export async function postForm(
  gateway: RunningGateway,
  body: string,
  headers: Record<string, string> = {},
): Promise<TestAnswer> {
  const answer = await request(`${gateway.url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });
  const text = await answer.body.text();
  const json = text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>);
  return { status: answer.statusCode, headers: answer.headers, text, json };
}

/** The `Authorization` header with a client's id and secret. */
export function basicAuth({ id, secret }: Pick<MadeClient, 'id' | 'secret'>): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

/** A token of the client; for all that it is granted where no scope is named. */
export async function tokenOf(gateway: RunningGateway, client: MadeClient, scope = ''): Promise<string> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', scope }).toString();
  const answer = await postForm(gateway, form, basicAuth(client));
  if (answer.status !== 200) throw new Error(`the token endpoint answered ${answer.status}: ${answer.text}`);
  return String(answer.json?.['access_token']);
}

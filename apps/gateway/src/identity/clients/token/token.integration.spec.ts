import { createPublicKey } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import * as oauth from 'openid-client';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { basicAuth, makeClient, postForm, tokenOf } from '../../../testing/api-clients.ts';
import type { MadeClient } from '../../../testing/api-clients.ts';
import { admin } from '../../../testing/gateway-system.ts';
import { json } from '../../../testing/stub-service.ts';
import { startGateway } from '../../../testing/start-gateway.ts';

const publicUrl = 'https://registrar.example';
const { system, gateway } = await startGateway({
  LINK_BASE: `${publicUrl}/reset-password`,
  RATE_LIMIT_USER_PER_SECOND: '0',
  RATE_LIMIT_SIGN_IN_PER_SECOND: '0',
});
const form = 'grant_type=client_credentials';
let root: string;
let client: MadeClient;

beforeAll(async () => {
  await gateway.ready();
  root = (await gateway.signIn(admin.email, admin.password)).accessToken;
  client = await makeClient(gateway, root, ['catalog.write', 'enrollments.read', 'users.read']);
});
afterEach(() => {
  system.courses.answer = (_request, response) => json(response, 200, { items: [], nextCursor: null });
});

interface VerifiedToken {
  header: object;
  payload: Record<string, unknown>;
}

describe('a token by openid-client', () => {
  it.each([
    ['HTTP Basic', oauth.ClientSecretBasic],
    ['the form', oauth.ClientSecretPost],
  ] as const)('is got with the secret in %s, after discovery, and reads a roster', async (_, by) => {
    // Under its public name the gateway is reached by a proxy.
    const viaProxy: oauth.CustomFetch = (url, options) =>
      fetch(url.replace(publicUrl, gateway.url), options as RequestInit);
    const config = await oauth.discovery(new URL(publicUrl), client.id, undefined, by(client.secret), {
      algorithm: 'oauth2',
      [oauth.customFetch]: viaProxy,
    });
    const got = await oauth.clientCredentialsGrant(config, { scope: 'enrollments.read' });
    expect(got).toMatchObject({ token_type: 'bearer', expires_in: 900, scope: 'enrollments.read' });
    const roster = await oauth.fetchProtectedResource(
      config,
      got.access_token,
      new URL(`${publicUrl}/api/courses/crs_a/roster`),
      'GET',
    );
    expect(roster.status).toBe(200);
  });

  it('is got on loopback, and a wrong secret is an error that the library knows', async () => {
    const server = { issuer: gateway.url, token_endpoint: `${gateway.url}/oauth/token` };
    const config = new oauth.Configuration(server, client.id, `rcs_${'x'.repeat(43)}`);
    oauth.allowInsecureRequests(config);
    await expect(oauth.clientCredentialsGrant(config)).rejects.toMatchObject({
      status: 401,
      cause: [{ scheme: 'basic', parameters: { realm: 'Registrar API' } }],
    });
    const good = new oauth.Configuration(server, client.id, client.secret);
    oauth.allowInsecureRequests(good);
    const { scope } = await oauth.clientCredentialsGrant(good);
    expect(scope).toBe('catalog.write enrollments.read users.read');
    await expect(oauth.clientCredentialsGrant(good, { scope: 'holds.write' })).rejects.toMatchObject({
      error: 'invalid_scope',
    });
  });
});

describe('a token by a plain form', () => {
  it('is a JWT of RFC 9068 under the published keys', async () => {
    const answer = await postForm(gateway, form, basicAuth(client));
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      json: { token_type: 'Bearer', expires_in: 900, scope: 'catalog.write enrollments.read users.read' },
    });
    const token = String(answer.json?.['access_token']);
    const { keys } = (await gateway.get('/.well-known/jwks.json')).json as { keys: [JsonWebKey] };
    const publicKey = createPublicKey({ key: keys[0], format: 'jwk' }).export({
      format: 'pem',
      type: 'spki',
    });
    const { header, payload } = new JwtService().verify<VerifiedToken>(token, {
      publicKey,
      algorithms: ['ES256'],
      audience: 'registrar',
      issuer: 'https://registrar.example',
      complete: true,
    });
    expect(header).toEqual({ alg: 'ES256', typ: 'at+jwt', kid: keys[0]['kid'] });
    expect(payload).toMatchObject({
      sub: client.id,
      client_id: client.id,
      scope: answer.json?.['scope'],
      jti: expect.any(String) as string,
    });
    expect(Number(payload['exp']) - Number(payload['iat'])).toBe(900);
    expect(payload).not.toHaveProperty('roles');
  });

  it('takes the credentials in the form, and percent-encoding everywhere', async () => {
    const encoded = (text: string) => text.replaceAll('_', '%5F').replaceAll('-', '%2D');
    const inForm = `${form}&client_id=${encoded(client.id)}&client_secret=${encoded(client.secret)}`;
    expect((await postForm(gateway, inForm)).status).toBe(200);
    const { id, secret } = client;
    const encodedBasic = basicAuth({ id: encoded(id), secret: encoded(secret) });
    const type = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' };
    expect((await postForm(gateway, form, { ...encodedBasic, ...type })).status).toBe(200);
  });

  it('drops unknown scopes, and ends no older token', async () => {
    const first = await tokenOf(gateway, client);
    const answer = await postForm(gateway, `${form}&scope=users.read+roster.magic`, basicAuth(client));
    expect(answer.json?.['scope']).toBe('users.read');
    for (const token of [first, String(answer.json?.['access_token'])])
      expect((await gateway.get('/api/users', token)).status).toBe(200);
  });

  it.each<[string, string, string, Record<string, string>]>([
    ['an empty form', '', 'invalid_request', {}],
    ['no grant type', 'scope=users.read', 'invalid_request', {}],
    ['a parameter twice', `${form}&${form}`, 'invalid_request', {}],
    ['a broken escape', `${form}&scope=%zz`, 'invalid_request', {}],
    ['both kinds of credentials', `${form}&client_secret=x`, 'invalid_request', {}],
    ['another grant type', 'grant_type=password', 'unsupported_grant_type', {}],
    ['no scope that it has', `${form}&scope=holds.write`, 'invalid_scope', {}],
    [
      'JSON',
      '{"grant_type":"client_credentials"}',
      'invalid_request',
      { 'content-type': 'application/json' },
    ],
    ['broken JSON', '{', 'invalid_request', { 'content-type': 'application/json' }],
    ['text', form, 'invalid_request', { 'content-type': 'text/plain' }],
  ])('is refused for %s', async (_, body, error, headers) => {
    const answer = await postForm(gateway, body, { ...basicAuth(client), ...headers });
    expect([answer.status, answer.json?.['error']]).toEqual([400, error]);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(Object.keys(answer.json ?? {})).toEqual(['error', 'error_description']);
  });

  it('is refused without any body, and where the query says something', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...basicAuth(client) };
    const answer = await gateway.call('POST', '/oauth/token', { headers });
    expect([answer.status, answer.json?.['error']]).toEqual([400, 'invalid_request']);
    const queried = await gateway.call('POST', '/oauth/token?scope=x', { headers });
    expect(queried.json).toMatchObject({ status: 422, code: 'validation_failed' });
    expect((await gateway.get('/oauth/token')).status).toBe(405);
  });

  it.each<[string, () => { id: string; secret: string }]>([
    ['a wrong secret', () => ({ ...client, secret: `rcs_${'a'.repeat(43)}` })],
    ['an unknown client', () => ({ ...client, id: 'client_aaaaaaaaaaaaaaaaaaaa' })],
    ['no client id', () => ({ ...client, id: 'usr_admin' })],
    ['the hash of nothing', () => ({ ...client, secret: '' })],
  ])('is refused for %s', async (_, credentials) => {
    const { id, secret } = credentials();
    const inForm = new URLSearchParams({ client_id: id, client_secret: secret }).toString();
    for (const answer of [
      await postForm(gateway, form, basicAuth({ id, secret })),
      await postForm(gateway, `${form}&${inForm}`),
    ]) {
      expect([answer.status, answer.json?.['error']]).toEqual([401, 'invalid_client']);
      expect(answer.headers['www-authenticate']).toMatch(/^Basic realm="/);
      expect(answer.text).not.toContain(secret === '' ? 'rcs_' : secret);
    }
  });

  it('is refused to a client without scopes', async () => {
    const none = await makeClient(gateway, root, []);
    const answer = await postForm(gateway, form, basicAuth(none));
    expect([answer.status, answer.json?.['error']]).toEqual([400, 'unauthorized_client']);
  });

  it('is limited as signing in is, by address', async () => {
    const limited = await system.start({ RATE_LIMIT_SIGN_IN_PER_SECOND: '1' });
    const answers = await Promise.all(Array.from({ length: 6 }, () => postForm(limited, form)));
    expect(answers.some(({ status }) => status === 429)).toBe(true);
    expect(answers[0]?.headers['ratelimit-policy']).toBe('"sign-in";q=2;w=2');
  });
});

describe('an API client at the gateway', () => {
  const insufficient = 'Bearer error="insufficient_scope"';

  it.each([
    ['GET', '/api/auth/me', undefined],
    ['POST', '/api/auth/logout', undefined],
    ['PUT', '/api/users/usr_a/roles', undefined],
    ['GET', '/api/enrollments/me', undefined],
    ['GET', '/api/notifications/stream', undefined],
    ['POST', '/api/holds', 'holds.write'],
    ['POST', '/api/enrollments', 'enrollments.write'],
    ['GET', '/api/students/usr_a', 'students.read'],
  ])('is refused early where it lacks the scope: %s %s', async (method, path, scope) => {
    const seen = system.enrollments.seen.length + system.notifications.seen.length;
    const answer = await gateway.call(method, path, { token: await tokenOf(gateway, client) });
    expect(answer.json).toMatchObject({ status: 403, code: 'insufficient_scope' });
    expect(answer.headers['www-authenticate']).toBe(
      scope === undefined ? insufficient : `${insufficient}, scope="${scope}"`,
    );
    expect(system.enrollments.seen.length + system.notifications.seen.length).toBe(seen);
  });

  it('is passed on with its token where it has the scope', async () => {
    const token = await tokenOf(gateway, client);
    expect((await gateway.get('/api/courses/crs_a/roster', token)).status).toBe(200);
    expect(system.enrollments.seen.at(-1)?.headers.authorization).toBe(`Bearer ${token}`);
  });

  it('gets the catalogue as the public, and past the cache where it may see drafts', async () => {
    const other = await makeClient(gateway, root, ['users.read']);
    const path = '/api/courses/crs_draft';
    system.courses.answer = (request, response) =>
      json(response, request.headers.authorization === undefined ? 404 : 200, {});
    expect((await gateway.get(path, await tokenOf(gateway, other))).status).toBe(404);
    expect((await gateway.get(path, await tokenOf(gateway, client))).status).toBe(200);
    expect((await gateway.get(path, await tokenOf(gateway, client, 'users.read'))).status).toBe(404);
  });

  it('has a rate limit of its own, by client', async () => {
    const limited = await system.start({ RATE_LIMIT_CLIENT_PER_SECOND: '1' });
    const token = await tokenOf(gateway, client);
    await limited.get('/api/users', token);
    const answers = await Promise.all(Array.from({ length: 8 }, () => limited.get('/api/users', token)));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(2);
    expect(answers[0]?.headers['ratelimit-policy']).toBe('"client";q=5;w=5');
    const other = await tokenOf(gateway, await makeClient(gateway, root, ['users.read']));
    expect((await limited.get('/api/users', other)).status).toBe(200);
  });
});

describe('the metadata of the authorization server', () => {
  it('names the endpoints under the public address, and every scope', async () => {
    const answer = await gateway.get('/.well-known/oauth-authorization-server');
    expect(answer.json).toMatchObject({
      issuer: publicUrl,
      token_endpoint: `${publicUrl}/oauth/token`,
      jwks_uri: `${publicUrl}/.well-known/jwks.json`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    });
    expect(answer.json?.['scopes_supported']).toContain('holds.write');
  });
});

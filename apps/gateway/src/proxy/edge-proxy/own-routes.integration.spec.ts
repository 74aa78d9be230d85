import { brotliDecompressSync } from 'node:zlib';
import { setTimeout as delay } from 'node:timers/promises';
import { compressAboveBytes } from '@registrar/cache';
import { problemContentType } from '@registrar/service';
import { Agent, request } from 'undici';
import { describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { docsPolicy } from '../../api-docs/docs-page.ts';
import { newKey, writeKeyFile } from '../../identity/keys/key-file.ts';
import { SessionService } from '../../identity/sessions/session.service.ts';
import { admin } from '../../testing/gateway-system.ts';
import { json } from '../../testing/stub-service.ts';
import { safetyHeaders } from '../../http/safety-headers.ts';
import { startGateway } from '../../testing/start-gateway.ts';

const { system, gateway } = await startGateway({
  RATE_LIMIT_USER_PER_SECOND: '0',
  RATE_LIMIT_ADDRESS_PER_SECOND: '0',
});
let root = (await gateway.signIn(admin.email, admin.password)).accessToken;

describe('the documents', () => {
  it('are there with every service down, packed, and known again by their tag', async () => {
    const alone = await system.start({
      COURSES_URL: 'http://127.0.0.1:9',
      ENROLLMENTS_URL: 'http://127.0.0.1:9',
    });
    for (const [path, type] of [
      ['/api/openapi.json', 'application/json; charset=utf-8'],
      ['/api/asyncapi.json', 'application/json; charset=utf-8'],
      ['/api/docs', 'text/html; charset=utf-8'],
      ['/api/docs/swagger-ui.css', 'text/css; charset=utf-8'],
      ['/api/docs/swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
    ] as const) {
      const plain = await alone.get(path);
      expect([path, plain.status, plain.headers['content-type']]).toEqual([path, 200, type]);
      const packed = await request(alone.url + path, { headers: { 'accept-encoding': 'br' } });
      const isPacked = plain.text.length > compressAboveBytes;
      expect([path, packed.headers['content-encoding']]).toEqual([path, isPacked ? 'br' : undefined]);
      const bytes = Buffer.from(await packed.body.arrayBuffer());
      expect((isPacked ? brotliDecompressSync(bytes) : bytes).toString()).toBe(plain.text);
      const known = await alone.get(path, undefined, { 'if-none-match': String(plain.headers['etag']) });
      expect([known.status, known.text]).toEqual([304, '']);
      expect([path, known.headers['content-length']]).toEqual([path, undefined]);
      // A client takes the headers of a 304 over to what it holds.
      const policy = 'content-security-policy';
      expect([path, known.headers[policy]]).toEqual([path, plain.headers[policy]]);
    }
  });

  it('let the page run its own files and call the API, nothing else, and their own policy is that of data', async () => {
    const { headers } = await gateway.get('/api/docs');
    expect(headers).toMatchObject({ ...safetyHeaders, 'content-security-policy': docsPolicy });
    for (const path of ['/api/docs/swagger-ui.css', '/api/docs/swagger-ui-bundle.js', '/api/openapi.json'])
      expect([path, (await gateway.get(path)).headers]).toEqual([
        path,
        expect.objectContaining(safetyHeaders),
      ]);
  });

  it.each(['', 'index.html', 'package.json', 'swagger-ui.js', 'swagger-ui.css/x'])(
    'have no other file than theirs: /api/docs/%s',
    async (name) => {
      const { status, headers, json: problem } = await gateway.get(`/api/docs/${name}`);
      expect([status, problem?.['code']]).toEqual([404, 'not_found']);
      expect(headers).toMatchObject({ ...safetyHeaders, 'content-type': problemContentType });
    },
  );
});

describe('own routes', () => {
  it('refuse a query that they do not know, and say 404 and 405 before that', async () => {
    for (const path of ['/api/auth/me?x=1&y=2', '/api/users/usr_1?x=1&y=2']) {
      const answer = await gateway.get(path, root);
      expect([path, answer.status, answer.json?.['code']]).toEqual([path, 422, 'validation_failed']);
      expect(answer.json?.['errors']).toMatchObject([{ path: 'x' }, { path: 'y' }]);
    }
    expect((await gateway.get('/api/users?x=1', root)).status).toBe(422);
    expect((await gateway.get('/api/users?limit=0', root)).status).toBe(422);
    expect((await gateway.get('/api/nothing?x=1')).status).toBe(404);
    expect((await gateway.get('/api/auth/login?x=1')).status).toBe(405);
  });

  it('carry the headers of safety and of what is left, health and public keys too', async () => {
    const limited = await system.start();
    for (const path of ['/health/live', '/health/ready', '/.well-known/jwks.json', '/api/openapi.json']) {
      const { headers } = await limited.get(path);
      expect([path, headers]).toEqual([path, expect.objectContaining(safetyHeaders)]);
      expect([path, headers['ratelimit-policy'], headers['ratelimit']]).toEqual([
        path,
        expect.any(String),
        expect.any(String),
      ]);
    }
  });

  it('answer HEAD wherever they answer GET', async () => {
    for (const path of [
      '/api/auth/me',
      '/api/users',
      '/api/openapi.json',
      '/health/live',
      '/.well-known/jwks.json',
    ]) {
      const [head, get] = [await gateway.call('HEAD', path, { token: root }), await gateway.get(path, root)];
      expect([path, head.status, head.text]).toEqual([path, 200, '']);
      expect([path, head.headers['content-length']]).toEqual([path, get.headers['content-length']]);
    }
  });

  it('page through everybody in order of mail, by cursors that nobody can forge', async () => {
    for (const name of ['p1', 'p2', 'p3']) await gateway.register(`${name}@registrar.example`);
    const emails: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await gateway.get(
        `/api/users?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`,
        root,
      );
      const page = answer.json as { items: { email: string }[]; nextCursor: string | null };
      emails.push(...page.items.map(({ email }) => email));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(emails).toEqual([...emails].sort());
    expect(emails).toEqual(
      expect.arrayContaining(['admin@registrar.example', 'p1@registrar.example', 'p3@registrar.example']),
    );
    const forged = await gateway.get('/api/users?cursor=AAAA', root);
    expect([forged.status, forged.json?.['code']]).toEqual([400, 'invalid_cursor']);
  });

  it('are for who has the role', async () => {
    const { accessToken, user } = await gateway.register('student1@registrar.example');
    for (const path of ['/api/users', `/api/users/${user.id}`]) {
      const answer = await gateway.get(path, accessToken);
      expect([answer.status, answer.json?.['code']]).toEqual([403, 'forbidden']);
      expect((await gateway.get(path)).status).toBe(401);
      expect((await gateway.get(path, root)).status).toBe(200);
    }
    const missing = await gateway.get('/api/users/usr_none', root);
    expect([missing.status, missing.json?.['code']]).toEqual([404, 'user_not_found']);
  });

  it('take up the trace and the request id of a client, and hand both on', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    system.notifications.seen.length = 0;
    for (const path of [
      '/api/auth/me',
      '/api/users',
      '/api/nothing',
      '/api/notifications/me',
      '/api/courses',
    ]) {
      const { headers } = await gateway.get(path, root, { traceparent, 'x-request-id': 'mine-7' });
      expect([path, headers['x-request-id']]).toEqual([path, 'mine-7']);
      expect(headers['traceparent']).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[0-9a-f]{16}-01$/);
    }
    expect(system.notifications.seen[0]?.headers['traceparent']).toContain(
      '4bf92f3577b34da6a3ce929d0e0e4736',
    );
    expect(
      (await gateway.get('/api/nothing', undefined, { 'x-request-id': 'a b' })).headers['x-request-id'],
    ).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('a refresh token after its grace', () => {
  it('ends its family, though nothing else was rotated since', async () => {
    const { refreshToken } = await gateway.register('late@registrar.example');
    const sessions = gateway.app.get(SessionService, { strict: false });
    const now = Date.now();
    const address = '127.0.0.1';
    const { answer: next } = await sessions.refresh(refreshToken, address, now);
    const retry = await sessions.refresh(refreshToken, address, now + 10_000);
    expect(retry.answer).toEqual(next);
    await expect(sessions.refresh(refreshToken, address, now + 10_001)).rejects.toMatchObject({
      code: 'refresh_token_reused',
    });
    await expect(sessions.refresh(next.refreshToken, address, now)).rejects.toMatchObject({
      code: 'invalid_refresh_token',
    });
  });

  it('that was never used dies after 30 days', async () => {
    const { refreshToken } = await gateway.register('old@registrar.example');
    const sessions = gateway.app.get(SessionService, { strict: false });
    const days30 = 30 * 24 * 3_600_000;
    const now = Date.now() + days30 + 60_000;
    await expect(sessions.refresh(refreshToken, '127.0.0.1', now)).rejects.toMatchObject({
      code: 'invalid_refresh_token',
    });
  });
});

describe('a key that was taken back', () => {
  it('makes every token of it worthless within seconds, also those that were verified before', async () => {
    const file = `${system.keysFile}.other`;
    const apart = await system.start({ SIGNING_KEYS_FILE: file, RATE_LIMIT_USER_PER_SECOND: '0' });
    const { accessToken } = await apart.register('leak@registrar.example');
    expect((await apart.get('/api/auth/me', accessToken)).status).toBe(200);
    writeKeyFile(file, [newKey(new Date(0))]);
    await until(async () => (await apart.get('/api/auth/me', accessToken)).status === 401);
    const fresh = await apart.signIn('leak@registrar.example');
    expect((await apart.get('/api/auth/me', fresh.accessToken)).status).toBe(200);
  });
});

describe('stopping', () => {
  it('finishes what runs, ends streams, and takes no longer', async () => {
    const stopping = await system.start({
      RATE_LIMIT_ADDRESS_PER_SECOND: '0',
      RATE_LIMIT_USER_PER_SECOND: '0',
    });
    await stopping.ready();
    const agent = new Agent({ connections: 5, keepAliveTimeout: 60_000 });
    const get = (path: string, accept = 'application/json') =>
      request(stopping.url + path, {
        dispatcher: agent,
        headers: { accept, authorization: `Bearer ${root}` },
      });
    system.notifications.answer = (seen, response) => {
      if (seen.url.endsWith('/stream'))
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n');
      else void delay(300).then(() => json(response, 200, { late: true }));
    };
    root = (await gateway.signIn(admin.email, admin.password)).accessToken;
    const stream = await get('/api/notifications/stream', 'text/event-stream');
    const ended = stream.body.text();
    system.notifications.seen.length = 0;
    const running = get('/api/notifications/me');
    await until(() => system.notifications.seen.some(({ url }) => url === '/api/notifications/me'));
    const begin = performance.now();
    const closed = stopping.app.close();
    const answer = await running;
    expect([answer.statusCode, await answer.body.json()]).toEqual([200, { late: true }]);
    await ended;
    await closed;
    expect(performance.now() - begin).toBeLessThan(10_000);
    await agent.close();
  });
});

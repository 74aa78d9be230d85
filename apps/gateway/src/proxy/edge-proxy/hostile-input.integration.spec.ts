import { createHmac, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { JwtService } from '@nestjs/jwt';
import { beforeEach, describe, expect, it } from 'vitest';
import { rawHttp } from '../../testing/raw-http.ts';
import { json } from '../../testing/stub-service.ts';
import { startGateway } from '../../testing/start-gateway.ts';

const { system, gateway } = await startGateway({
  RATE_LIMIT_USER_PER_SECOND: '0',
  RATE_LIMIT_ADDRESS_PER_SECOND: '0',
});
const token = (await gateway.register('mia@registrar.example')).accessToken;
for (const stub of [system.courses, system.enrollments, system.notifications]) {
  stub.answer = (request, response) => json(response, 200, { body: request.body.length });
}
beforeEach(() => {
  for (const stub of [system.courses, system.enrollments, system.notifications]) stub.seen.length = 0;
});

function seenByServices(): number {
  return system.courses.seen.length + system.enrollments.seen.length + system.notifications.seen.length;
}

describe('requests that two servers could read differently', () => {
  const head = 'POST /api/courses/batch-get HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  const smuggled = 'GET /api/enrollments/me HTTP/1.1\r\nHost: x\r\n\r\n';

  it.each([
    [
      'length and chunks together',
      `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    ['two lengths', `${head}Content-Length: 4\r\nContent-Length: 5\r\n\r\n{}{}`],
    ['a length that is no number', `${head}Content-Length: +4\r\n\r\n{}{}`],
    ['a folded header', `${head}X-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\n{}`],
    ['a space before the colon', `${head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
    ['an unknown transfer coding', `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['a bare carriage return in a header', `${head}X-A: a\rX-B: b\r\nContent-Length: 2\r\n\r\n{}`],
    ['a line feed in a header', `${head}X-A: a\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}`],
    ['a NUL in a header', `${head}X-A: a\0b\r\nContent-Length: 2\r\n\r\n{}`],
    ['no host', 'GET /api/courses HTTP/1.1\r\n\r\n'],
    ['something that is not HTTP', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n'],
  ])('refuses %s, closes the connection and hands nothing on', async (_what, bytes) => {
    const answer = await rawHttp(gateway.port, bytes);
    expect(answer.statuses).toEqual([400]);
    expect(answer.text).toContain('application/problem+json');
    expect(answer.text).not.toMatch(/server:|x-powered-by|node/i);
    expect(answer.closed).toBe(true);
    expect(seenByServices()).toBe(0);
  });

  it('answers headers beyond 16 KiB with 431', async () => {
    const answer = await rawHttp(
      gateway.port,
      `GET /api/courses HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`,
    );
    expect(answer.statuses).toEqual([431]);
    expect(answer.text).toContain('headers_too_large');
  });

  it('hands a chunked body on whole, with a length', async () => {
    const bytes = `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n`;
    expect((await rawHttp(gateway.port, bytes)).statuses).toEqual([200]);
    expect(system.courses.seen).toMatchObject([{ body: '{"a":1}', headers: { 'content-length': '7' } }]);
    expect(system.courses.seen[0]?.headers['transfer-encoding']).toBeUndefined();
  });

  it('answers pipelined requests one by one, in order', async () => {
    const one = 'GET /api/nothing HTTP/1.1\r\nHost: x\r\n\r\n';
    const two = 'DELETE /api/semesters HTTP/1.1\r\nHost: x\r\n\r\n';
    expect((await rawHttp(gateway.port, one + two)).statuses).toEqual([404, 405]);
  });
});

describe('path tricks', () => {
  it.each([
    '/api/courses/..%2fdepartments',
    '/api/courses/..%5cdepartments',
    '/api/courses/../../internal/users/usr_1',
    '/api/courses/%2e%2e/departments',
    '/api/courses/./x',
    '//api/courses',
    '/api//courses',
    '/api/courses/x%00',
    '/api/courses/x%0d%0aX-A:%20b',
    '/api/courses/%zz',
    '/api/courses/%ff%fe',
    '/api/auth/%ff',
    '/%c0%af',
    '/health/%ff',
    '/api/courses\\..\\departments',
    '/api/courses/\xff',
    'http://other.example/api/courses',
    `/api/courses/${'a'.repeat(9_000)}`,
  ])('refuses %s with a problem', async (path) => {
    const answer = await rawHttp(
      gateway.port,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(answer.statuses).toEqual([400]);
    expect(answer.text).toContain('application/problem+json');
    expect(answer.text).toContain('"code":"invalid_path"');
    expect(seenByServices()).toBe(0);
  });

  it('understands an escaped plain character as itself, and hands that on', async () => {
    await gateway.get('/%61pi/courses/crs%5f1?q=a%20b');
    expect(system.courses.seen.map(({ url }) => url)).toEqual(['/api/courses/crs_1?q=a%20b']);
  });

  it.each([
    '/internal/users/usr_1',
    '/INTERNAL/users/usr_1',
    '/%69nternal/users/usr_1',
    '/api/internal/users/usr_1',
  ])('shows nobody from outside %s', async (path) => {
    const answers = [await gateway.get(path), await gateway.get(path, token)];
    for (const answer of answers) expect([answer.status, answer.json?.['code']]).toEqual([404, 'not_found']);
  });
});

describe('bodies', () => {
  const send = (path: string, body: string | Buffer, type = 'application/json', method = 'POST') =>
    rawHttp(
      gateway.port,
      Buffer.concat([
        Buffer.from(
          `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`,
        ),
        Buffer.from(body),
      ]),
      1_000,
    );

  it('refuses more than 1 MiB for services and for itself, announced or in chunks', async () => {
    const big = Buffer.alloc(1_048_577, 0x20);
    for (const path of ['/api/enrollments', '/api/auth/login', '/api/courses/batch-get']) {
      const answer = await send(path, big);
      expect([answer.statuses, answer.text.includes('payload_too_large')]).toEqual([[413], true]);
    }
    const chunk = `100000\r\n${' '.repeat(1_048_576)}\r\n`;
    const head =
      'POST /api/courses/batch-get HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n';
    expect((await rawHttp(gateway.port, `${head}${chunk}${chunk}0\r\n\r\n`, 1_000)).statuses).toEqual([413]);
    expect(seenByServices()).toBe(0);
  });

  it('refuses another type than the route takes', async () => {
    for (const [path, type] of [
      ['/api/enrollments', 'text/csv'],
      ['/api/enrollments/import', 'application/json'],
      ['/api/enrollments', 'application/jsonx'],
      ['/api/auth/login', 'application/x-www-form-urlencoded'],
    ] as const) {
      const answer = await send(path, '{}', type);
      expect([path, answer.statuses]).toEqual([path, [415]]);
      expect(answer.text).toContain('unsupported_media_type');
    }
    expect(
      (await send('/api/enrollments/import', 'email,courseId\n', 'text/csv; charset=utf-8')).statuses,
    ).toEqual([200]);
  });

  it.each([
    ['{"__proto__":{"roles":["admin"]}}', 422],
    ['{"constructor":{"prototype":{}}}', 422],
    ['{', 400],
    ['\u0000', 400],
    ['[[[[', 400],
  ])('answers %j to its own routes as a client fault', async (body, status) => {
    expect((await send('/api/auth/login', body)).statuses).toEqual([status]);
  });

  it('stands 10,000 levels of nesting', async () => {
    const nested = '['.repeat(10_000) + ']'.repeat(10_000);
    expect((await send('/api/auth/login', nested)).statuses).toEqual([422]);
    expect((await send('/api/enrollments', nested)).statuses).toEqual([200]);
  });
});

describe('forged tokens', () => {
  const claims = { roles: ['admin'], sid: 'ses_forged', ver: 1 };
  const options = {
    subject: 'usr_forged',
    jwtid: randomUUID(),
    expiresIn: 900,
    issuer: 'https://registrar.example',
    audience: 'registrar',
  } as const;

  function ours(): { kid: string; key: JsonWebKey } {
    const { keys } = JSON.parse(readFileSync(system.keysFile, 'utf8')) as {
      keys: { kid: string; privateKey: JsonWebKey }[];
    };
    const [first] = keys;
    if (!first) throw new Error('no key');
    return { kid: first.kid, key: first.privateKey };
  }

  function unsigned(): string {
    const [head, body] = [
      { alg: 'none', typ: 'JWT', kid: ours().kid },
      { ...claims, sub: 'usr_forged', exp: 4e9 },
    ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    return `${head}.${body}.`;
  }

  function byPublicKey(): string {
    const pem = createPublicKey({ key: ours().key, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const head = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT', kid: ours().kid })).toString(
      'base64url',
    );
    const body = Buffer.from(JSON.stringify({ ...claims, sub: 'usr_forged', exp: 4e9 })).toString(
      'base64url',
    );
    return `${head}.${body}.${createHmac('sha256', pem).update(`${head}.${body}`).digest('base64url')}`;
  }

  function signed(changed: object, kid = ours().kid): string {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return new JwtService({}).sign(claims, {
      ...options,
      ...changed,
      algorithm: 'ES256',
      keyid: kid,
      privateKey,
    });
  }

  const forgeries: [string, () => string][] = [
    ['without a signature', unsigned],
    ['signed HS256 with the public key', byPublicKey],
    ['signed by another key under our kid', () => signed({})],
    ['of an unknown kid', () => signed({}, 'key_unknown')],
    ['of another issuer', () => signed({ issuer: 'https://other.example' })],
    ['for another audience', () => signed({ audience: 'other' })],
    ['that was tampered with', () => tampered(token)],
    ['cut short', () => token.slice(0, -4)],
    ['that is no token', () => 'nonsense'],
    ['with an empty value', () => ''],
  ];

  it.each(forgeries)('refuses one %s, on public routes too', async (_what, forge) => {
    for (const path of ['/api/auth/me', '/api/enrollments/me', '/api/courses']) {
      const answer = await gateway.call('GET', path, { headers: { authorization: `Bearer ${forge()}` } });
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
    expect(seenByServices()).toBe(0);
  });

  it('refuses another scheme', async () => {
    const answer = await gateway.call('GET', '/api/auth/me', { headers: { authorization: 'Basic YTpi' } });
    expect(answer.status).toBe(401);
  });
});

/** The same token with other claims. */
function tampered(token: string): string {
  const [head, body = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
  const changed = Buffer.from(JSON.stringify({ ...claims, roles: ['admin'] })).toString('base64url');
  return `${head}.${changed}.${signature}`;
}

describe('headers of clients', () => {
  it('hands on what belongs to the request, and nothing that claims to come from us', async () => {
    await gateway.call('GET', '/api/enrollments/me', {
      token,
      headers: {
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-host': 'evil.example',
        forwarded: 'for=203.0.113.9',
        'x-registrar-user': 'usr_admin',
        connection: 'x-hop',
        'x-hop': '1',
        te: 'trailers',
        'proxy-authorization': 'Basic x',
        cookie: 'a=b',
        'if-none-match': '"x"',
        'accept-encoding': 'br',
        'x-request-id': 'mine-1',
      },
    });
    const [seen] = system.enrollments.seen;
    expect(seen?.headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'if-none-match': '"x"',
      'accept-encoding': 'br',
      'x-request-id': 'mine-1',
    });
    expect(seen?.headers.authorization).toBe(`Bearer ${token}`);
    for (const name of [
      'x-forwarded-host',
      'forwarded',
      'x-registrar-user',
      'x-hop',
      'te',
      'proxy-authorization',
      'cookie',
    ]) {
      expect([name, seen?.headers[name]]).toEqual([name, undefined]);
    }
  });

  it('sends its own safety headers and no banner, and hides those of a service', async () => {
    system.enrollments.answer = (_request, response) =>
      json(
        response,
        200,
        {},
        { server: 'secret/1.0', 'x-powered-by': 'x', connection: 'x-hop', 'x-hop': '1', etag: '"1"' },
      );
    for (const path of ['/api/enrollments/me', '/api/auth/me', '/api/nothing', '/api/courses']) {
      const { headers } = await gateway.get(path, token);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      for (const name of ['server', 'x-powered-by', 'x-hop', 'access-control-allow-origin', 'set-cookie']) {
        expect([name, headers[name]]).toEqual([name, undefined]);
      }
    }
  });
});

import { METHODS } from 'node:http';
import { identityRoutes } from '@registrar/contracts-gateway';
import type { Route } from '@registrar/contracts-http';
import { describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { publicRoutes } from '../../routes/routes.ts';
import { admin } from '../../testing/gateway-system.ts';
import { rawHttp } from '../../testing/raw-http.ts';
import { SlowClient } from '../../testing/slow-client.ts';
import { startGateway } from '../../testing/start-gateway.ts';

const { gateway } = await startGateway({
  RATE_LIMIT_USER_PER_SECOND: '0',
  RATE_LIMIT_ADDRESS_PER_SECOND: '0',
  RATE_LIMIT_SIGN_IN_PER_SECOND: '0',
});
const root = (await gateway.signIn(admin.email, admin.password)).accessToken;

const paths = [...new Set(publicRoutes.map(({ path }) => path))];

function methodsOf(path: string): string[] {
  const methods = publicRoutes.filter((route) => route.path === path).map(({ method }) => String(method));
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort();
}

function real(path: string): string {
  return path.replaceAll(/:\w+/g, 'x1');
}

async function ask(
  method: string,
  path: string,
  headers: Route['headers'] = {},
): Promise<{ status: number; allow: string; text: string }> {
  const head = `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${root}\r\nConnection: close`;
  const more = Object.entries(headers).map(([name, { example }]) => `\r\n${name}: ${example}`);
  const { statuses, text } = await rawHttp(gateway.port, `${head}${more.join('')}\r\n\r\n`, 2_000);
  const allow = /^allow: (.*)\r$/im.exec(text)?.[1] ?? '';
  return { status: statuses[0] ?? 0, allow, text };
}

describe('a method that a path does not have', () => {
  it.each(paths)('is 405 with Allow at %s', async (path) => {
    const allowed = methodsOf(path);
    const others = [
      ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      ...['QUERY', 'PROPFIND', 'TRACE', 'MADE-UP', 'get'],
    ].filter((method) => !allowed.includes(method));
    for (const method of others) {
      const { status, allow, text } = await ask(method, real(path));
      expect([path, method, status, allow]).toEqual([path, method, 405, allowed.join(', ')]);
      if (method === 'HEAD') continue;
      expect(text).toContain('application/problem+json');
      expect(text).toContain('"code":"method_not_allowed"');
    }
  });

  it('is 404 where there is no path, whatever the method', async () => {
    for (const method of [...METHODS.filter((each) => each !== 'CONNECT'), 'MADE-UP'])
      expect([method, (await ask(method, '/api/nothing')).status]).toEqual([method, 404]);
  });

  it('is answered before anything of a body is read, as a path that is not there', async () => {
    for (const [line, status] of [
      ['POST /api/nothing', 404],
      ['POST /api/auth/login/', 404],
      ['GET /api/auth/login/', 404],
      ['PUT /api/auth/login', 405],
      ['POST /api/users', 405],
    ] as const)
      for (const length of [100, 10_000_000]) {
        const head = `${line} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json`;
        const client = await SlowClient.connect(gateway.port, '127.0.0.2');
        client.sendText(`${head}\r\nContent-Length: ${length}\r\n\r\n{`);
        await until(() => client.status !== undefined, 2_000);
        expect([line, length, client.status]).toEqual([line, length, status]);
        client.close();
      }
  });

  it('tells nobody from outside that there is an internal path', async () => {
    for (const method of ['DELETE', 'QUERY', 'MADE-UP'])
      expect([method, (await ask(method, '/internal/users/x1')).status]).toEqual([method, 404]);
  });

  it('is answered with a problem where it cannot be read at all', async () => {
    for (const line of [
      'GET\x00 /api/courses',
      'G(T /api/courses',
      'MADE-UP  /api/courses',
      'MADE-UP http://x/',
    ])
      expect([line, (await rawHttp(gateway.port, `${line} HTTP/1.1\r\nHost: x\r\n\r\n`)).statuses]).toEqual([
        line,
        [400],
      ]);
    const connect = await rawHttp(gateway.port, 'CONNECT other.example:443 HTTP/1.1\r\nHost: x\r\n\r\n');
    expect([connect.statuses, connect.closed]).toEqual([[405], true]);
    expect(connect.text).toContain('method_not_allowed');
  });
});

describe('every route of the gateway itself', () => {
  // What a provider adds to its answer is ignored, as RFC 6749 says.
  const takesAnything = identityRoutes.endCampusSignIn.id;
  const own = publicRoutes.filter(({ service, id }) => service === 'gateway' && id !== takesAnything);

  it.each(own.map(({ method, path, headers }) => [method, path, headers] as const))(
    'refuses parameters that it does not know: %s %s',
    async (method, path, headers) => {
      for (const [query, name] of [
        ['surprise=1', 'surprise'],
        ['__proto__=x', '__proto__'],
      ] as const) {
        const { status, text } = await ask(method, `${real(path)}?${query}`, headers);
        expect([path, query, status]).toEqual([path, query, 422]);
        expect(text).toContain('"code":"validation_failed"');
        expect(text).toContain(`"path":"${name}"`);
      }
    },
  );
});

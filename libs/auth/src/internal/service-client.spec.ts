import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defineRoutes } from '@registrar/contracts-http';
import type { ServiceConfig } from '@registrar/service';
import { afterEach, describe, expect, it } from 'vitest';
import { ServiceTokens } from '../tokens/service-tokens.ts';
import { ServiceClient } from './service-client.ts';

const { route } = defineRoutes('courses', {
  route: {
    tag: 'Internal',
    summary: 'For tests',
    method: 'GET',
    path: '/internal/x',
    caller: { services: ['enrollments'] },
    answers: { 200: { description: 'Good.' } },
  },
});
const config = { SERVICE_TOKEN_SECRET: 's'.repeat(32) } as ServiceConfig;
const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server: Server = createServer(answer ?? (() => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function client(...urls: string[]) {
  const made = new ServiceClient('courses', urls, new ServiceTokens(config, 'enrollments'));
  closing.push(() => void made.close());
  return made;
}

describe('ServiceClient', () => {
  it('sends a token that only the callee takes', async () => {
    let caller = '';
    const callee = new ServiceTokens(config, 'courses');
    const other = new ServiceTokens(config, 'notifications');
    let refused = false;
    const url = await serve((request, response) => {
      const token = (request.headers.authorization ?? '').slice(7);
      caller = callee.verify(token);
      try {
        other.verify(token);
      } catch {
        refused = true;
      }
      response.end('{"ok":true}');
    });
    expect(await client(url).call(route, {})).toEqual({
      status: 200,
      body: { ok: true },
    });
    expect([caller, refused]).toEqual(['enrollments', true]);
  });

  it('goes to the next address when one is dead', async () => {
    const url = await serve((_, response) => response.end('{}'));
    const answers = client('http://127.0.0.1:1', url);
    for (let call = 0; call < 4; call += 1) {
      expect((await answers.call(route, {})).status).toBe(200);
    }
  });

  it('gives a refusal of the callee back', async () => {
    const url = await serve((_, response) =>
      response.writeHead(409).end('{"code":"capacity_below_enrolled"}'),
    );
    expect(await client(url).call(route, {})).toMatchObject({
      status: 409,
    });
  });

  it('asks twice of a service that fails, then says that it is unavailable', async () => {
    let calls = 0;
    const url = await serve((_, response) => {
      calls += 1;
      response.writeHead(500).end();
    });
    await expect(client(url).call(route, {})).rejects.toMatchObject({
      status: 503,
      code: 'service_unavailable',
    });
    expect(calls).toBe(2);
  });

  it('does not wait longer than it was told', async () => {
    const url = await serve(() => undefined);
    await expect(client(url).call({ ...route, timeLimitMs: 50 }, {})).rejects.toMatchObject({
      status: 504,
      code: 'upstream_timeout',
    });
  });
});

import { once } from 'node:events';
import { get } from 'node:http';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { OpenStreams } from '../upstream/open-streams.ts';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { json } from '../../testing/stub-service.ts';
import type { SeenRequest } from '../../testing/stub-service.ts';

const system = new GatewaySystem();
let gateway: RunningGateway;
/** The streams that the service has open, and what was asked for each. */
let upstreams: { response: ServerResponse; request: SeenRequest }[] = [];

beforeAll(async () => {
  await system.prepare();
  gateway = await system.start({
    RATE_LIMIT_USER_PER_SECOND: '0',
    RATE_LIMIT_ADDRESS_PER_SECOND: '0',
    LIVE_STREAMS_PER_USER: '2',
  });
});
beforeEach(() => {
  upstreams = [];
  system.enrollments.answer = (request, response) => {
    if (request.url.includes('unknown')) return json(response, 404, { code: 'course_not_found' });
    upstreams.push({ request, response });
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
    });
    response.write(seats(1));
  };
});
afterAll(() => system.close());

function seats(version: number): string {
  return `event: seats\nid: ${version}\ndata: {"version":${version}}\n\n`;
}

interface Client {
  request: ClientRequest;
  answer: IncomingMessage;
  text: () => string;
}

async function listen(path: string, headers: Record<string, string> = {}): Promise<Client> {
  const request = get(gateway.url + path, {
    headers: { accept: 'text/event-stream', ...headers },
    agent: false,
  });
  request.on('error', () => undefined);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
  answer.on('error', () => undefined);
  return { request, answer, text: () => text };
}

function hangUp(clients: readonly Client[]): Promise<void> {
  for (const { request } of clients) request.destroy();
  return until(() => upstreams.every(({ response }) => response.destroyed || response.writableEnded));
}

function newest(): ServerResponse {
  const response = upstreams.at(-1)?.response;
  if (!response) throw new Error('no stream was opened');
  return response;
}

describe('a shared stream', () => {
  it('costs its service one stream, however many listen', async () => {
    const clients: Client[] = [];
    for (let at = 0; at < 20; at += 1) {
      const some = Array.from({ length: 100 }, () => listen('/api/courses/crs_many/seats'));
      clients.push(...(await Promise.all(some)));
    }
    await until(() => clients.every(({ text }) => text() === seats(1)));
    newest().write(seats(2));
    await until(() => clients.every(({ text }) => text() === seats(1) + seats(2)));
    expect(upstreams).toHaveLength(1);
    await hangUp(clients);
  });

  it('gives who comes later the last event at once, and passes signs of life on', async () => {
    const first = await listen('/api/courses/crs_later/seats');
    newest().write(seats(2));
    await until(() => first.text().endsWith(seats(2)));
    const later = await listen('/api/courses/crs_later/seats');
    await until(() => later.text() === seats(2));
    newest().write(': still here\n\n');
    await until(() => later.text() === `${seats(2)}: still here\n\n`);
    expect(later.answer.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
    await hangUp([first, later]);
  });

  it('is asked for as the gateway, and is another one for another course', async () => {
    const { accessToken } = await gateway.register('una@registrar.example');
    const clients = [
      await listen('/api/courses/crs_a/seats', { authorization: `Bearer ${accessToken}` }),
      await listen('/api/courses/crs_b/seats'),
    ];
    expect(upstreams.map(({ request }) => request.url)).toEqual([
      '/api/courses/crs_a/seats',
      '/api/courses/crs_b/seats',
    ]);
    for (const { request } of upstreams) {
      expect(request.headers['authorization']).toBeUndefined();
      expect(request.headers['x-forwarded-for']).toBeUndefined();
    }
    await hangUp(clients);
  });

  it('goes on when its service does, without an event twice', async () => {
    const client = await listen('/api/courses/crs_again/seats');
    newest().end('retry: 1500\n\n');
    await until(() => upstreams.length === 2);
    newest().write(seats(2));
    await until(() => client.text() === seats(1) + seats(2));
    newest().destroy();
    await until(() => upstreams.length === 3);
    await hangUp([client]);
  });

  it('sends its clients away with a hint when the service stays away', async () => {
    const client = await listen('/api/courses/crs_gone/seats');
    await system.enrollments.stop();
    await until(() => client.answer.complete, 10_000);
    expect(client.text()).toMatch(/^event: seats\nid: 1\ndata: .*\n\nretry: [12]\d{3}\n\n$/);
    const refused = await listen('/api/courses/crs_gone/seats');
    expect(refused.answer.statusCode).toBe(503);
    await system.enrollments.start();
  });

  it('says what the service says where there is none', async () => {
    const clients = await Promise.all([1, 2].map(() => listen('/api/courses/crs_unknown/seats')));
    await until(() => clients.every(({ answer }) => answer.readableEnded));
    for (const { answer, text } of clients) {
      expect(answer.statusCode).toBe(404);
      expect(JSON.parse(text())).toEqual({ code: 'course_not_found' });
    }
  });

  it('is bounded for each user, and frees the place of who hangs up', async () => {
    const { accessToken } = await gateway.register('uwe@registrar.example');
    const headers = { authorization: `Bearer ${accessToken}` };
    const mine = () => listen('/api/courses/crs_bound/seats', headers);
    const clients = [await mine(), await mine()];
    const third = await mine();
    await until(() => third.answer.readableEnded);
    expect([third.answer.statusCode, third.answer.headers['retry-after']]).toEqual([429, '5']);
    expect(JSON.parse(third.text())).toMatchObject({ code: 'too_many_streams' });
    clients.pop()?.request.destroy();
    await until(async () => {
      const next = await mine();
      clients.push(next);
      return next.answer.statusCode === 200;
    });
    await hangUp(clients);
  });

  it('cuts off a client that does not read, and no other', async () => {
    const [slow, quick] = [
      await listen('/api/courses/crs_slow/seats'),
      await listen('/api/courses/crs_slow/seats'),
    ];
    slow.answer.pause();
    const upstream = newest();
    const open = gateway.app.get(OpenStreams);
    const filling = 'x'.repeat(30_000);
    // What sockets hold on the way comes first; then it piles up.
    for (let version = 2; open.size === 2 && version < 2_000; version += 1) {
      upstream.write(`event: seats\nid: ${version}\ndata: "${filling}"\n\n`);
      await until(() => quick.text().includes(`id: ${version}\n`));
    }
    expect(open.size).toBe(1);
    slow.answer.resume();
    await until(() => slow.answer.closed);
    expect(slow.answer.readableEnded).toBe(false);
    upstream.write(seats(99_999));
    await until(() => quick.text().endsWith(seats(99_999)), 10_000);
    await hangUp([quick]);
  });

  it('ends with a hint when the gateway stops', async () => {
    const stopping = await system.start();
    const request = get(`${stopping.url}/api/courses/crs_stop/seats`, {
      headers: { accept: 'text/event-stream' },
      agent: false,
    });
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    await until(() => chunks.length > 0);
    await stopping.app.close();
    await until(() => answer.readableEnded);
    expect(Buffer.concat(chunks).toString()).toMatch(/retry: [12]\d{3}\n\n$/);
  });
});

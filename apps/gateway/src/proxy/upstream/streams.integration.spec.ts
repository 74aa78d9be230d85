import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TcpChaosProxy, until } from '@registrar/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { SlowClient } from '../../testing/slow-client.ts';
import { json } from '../../testing/stub-service.ts';

const system = new GatewaySystem();
let gateway: RunningGateway;
let token: string;
const upstreams: ServerResponse[] = [];

beforeAll(async () => {
  await system.prepare();
  gateway = await system.start({
    RATE_LIMIT_USER_PER_SECOND: '0',
    RATE_LIMIT_ADDRESS_PER_SECOND: '0',
    LIVE_STREAMS_PER_USER: '200',
  });
  token = (await gateway.register('oda@registrar.example')).accessToken;
  const stream = (response: ServerResponse) => {
    upstreams.push(response);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('event: seats\ndata: 1\n\n');
  };
  system.enrollments.answer = (request, response) =>
    request.url.startsWith('/api/seats/stream?') ||
    (request.url.endsWith('/seats') && request.headers.accept?.includes('event-stream'))
      ? stream(response)
      : json(response, 200, {});
  system.notifications.answer = (request, response) =>
    request.url.endsWith('/stream') ? stream(response) : json(response, 200, {});
});
afterAll(() => system.close());

interface Stream {
  answer: IncomingMessage;
  text: () => string;
  close: () => void;
}

async function open(
  path: string,
  bearer?: string,
  { at = gateway, more = {} }: { at?: RunningGateway; more?: Record<string, string> } = {},
): Promise<Stream> {
  const headers = {
    accept: 'text/event-stream',
    ...more,
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
  };
  const request = get(at.url + path, { headers });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  let text = '';
  answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
  answer.on('error', () => undefined);
  return { answer, text: () => text, close: () => request.destroy() };
}

function newest(): ServerResponse {
  const response = upstreams.at(-1);
  if (!response) throw new Error('no stream was opened');
  return response;
}

describe('streams', () => {
  it('pass through as they come, for anybody where the route is public', async () => {
    const stream = await open('/api/courses/crs_1/seats');
    expect(stream.answer.statusCode).toBe(200);
    expect(stream.answer.headers['content-type']).toBe('text/event-stream');
    await until(() => stream.text().includes('data: 1'));
    newest().write('event: seats\ndata: 2\n\n');
    await until(() => stream.text().includes('data: 2'));
    stream.close();
  });

  it('are answers like any other without the wish for a stream', async () => {
    expect((await gateway.get('/api/courses/crs_1/seats')).json).toEqual({});
  });

  it('close at the service when the client goes', async () => {
    const stream = await open('/api/notifications/stream', token);
    const upstream = newest();
    stream.close();
    await until(() => upstream.destroyed, 1_000);
  });

  it('close at the client when the service ends or goes', async () => {
    for (const end of [
      (upstream: ServerResponse) => upstream.end(),
      (upstream: ServerResponse) => upstream.destroy(),
    ]) {
      const stream = await open('/api/notifications/stream', token);
      end(newest());
      await until(() => stream.answer.closed, 1_000);
    }
  });

  it('need a token where the route does, and end within a second of its revocation', async () => {
    expect((await gateway.get('/api/notifications/stream')).status).toBe(401);
    const session = await gateway.register('pia@registrar.example');
    const stream = await open('/api/notifications/stream', session.accessToken);
    await gateway.post('/api/auth/logout', undefined, session.accessToken);
    await until(() => stream.answer.closed, 1_000);
  });

  it('slow the service down for a client that does not read', async () => {
    const stream = await open('/api/notifications/stream', token);
    stream.answer.pause();
    const upstream = newest();
    let written = 0;
    const chunk = Buffer.alloc(65_536, 0x20);
    while (upstream.write(chunk) || written < 256) {
      written += 1;
      if (written > 2_000) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    // What is held on the way are socket buffers: far below the 128 MB that were offered.
    expect(upstream.writableLength).toBeGreaterThan(0);
    expect(written).toBeLessThan(2_000);
    stream.close();
  });

  it('never take a connection of a request', async () => {
    const streams = await Promise.all(
      Array.from({ length: 120 }, () => open('/api/notifications/stream', token)),
    );
    const begin = performance.now();
    expect((await gateway.get('/api/notifications/me', token)).status).toBe(200);
    // One that had to wait for a connection would wait until its deadline.
    expect(performance.now() - begin).toBeLessThan(1_500);
    for (const { close } of streams) close();
  });

  it('answer a service that is away like any other request', async () => {
    await system.notifications.stop();
    const answer = await gateway.get('/api/notifications/stream', token);
    expect([answer.status, answer.json?.['code']]).toEqual([503, 'service_unavailable']);
    await system.notifications.start();
  });
});

describe('a service that vanishes without a word', () => {
  let proxy: TcpChaosProxy;
  let behind: RunningGateway;
  const path = '/api/notifications/stream';

  beforeAll(async () => {
    proxy = await TcpChaosProxy.start(system.notifications.url);
    behind = await system.start({
      NOTIFICATIONS_URL: `http://127.0.0.1:${proxy.port}`,
      STREAM_SILENCE_MS: '2000',
      RATE_LIMIT_USER_PER_SECOND: '0',
    });
  });
  beforeEach(() => proxy.pass());
  afterAll(() => proxy.stop());

  it('has its streams ended, each client told when to come back and where it goes on', async () => {
    const stream = await open(path, token, { at: behind });
    await until(() => stream.text().includes('data: 1'));
    proxy.hole();
    newest().write('event: seats\ndata: lost\n\n');
    await until(() => stream.answer.complete, 20_000);
    expect(stream.text()).toMatch(/^event: seats\ndata: 1\n\nretry: [12]\d{3}\n\n$/);
    await proxy.pass();
    const again = await open(path, token, { at: behind, more: { 'last-event-id': 'ntf_7' } });
    await until(() => again.text().includes('data: 1'));
    expect(system.notifications.seen.at(-1)?.headers['last-event-id']).toBe('ntf_7');
    again.close();
  });

  it('is noticed as well after a client has read slowly', async () => {
    const stream = await open(path, token, { at: behind });
    stream.answer.pause();
    const upstream = newest();
    for (let at = 0; at < 64; at += 1) upstream.write(`: ${'x'.repeat(131_072)}\n\n`);
    upstream.write('event: seats\ndata: 2\n\n');
    await until(() => upstream.writableLength === 0);
    stream.answer.resume();
    await until(() => stream.text().endsWith('data: 2\n\n'));
    proxy.hole();
    await until(() => stream.answer.complete, 20_000);
    expect(stream.text()).toMatch(/data: 2\n\nretry: [12]\d{3}\n\n$/);
  });

  it('has nothing put into an event that did not arrive whole', async () => {
    const stream = await open(path, token, { at: behind });
    newest().write('event: notification\ndata: {"half');
    await until(() => stream.text().endsWith('{"half'));
    proxy.hole();
    await until(() => stream.answer.complete, 20_000);
    expect(stream.text()).toBe('event: seats\ndata: 1\n\nevent: notification\ndata: {"half');
  });

  it('is not one that gives signs of life', async () => {
    const stream = await open(path, token, { at: behind });
    const upstream = newest();
    const beat = setInterval(() => upstream.write(': still here\n\n'), 100);
    // For longer than it may be silent.
    await until(() => stream.text().split(': still here').length > 30, 20_000);
    clearInterval(beat);
    expect(stream.text()).not.toContain('retry');
    stream.close();
  });
});

describe('the places for streams', () => {
  const seats = 'GET /api/courses/crs_1/seats HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n';
  const passed = seats.replace('text/event-stream', 'text/event-stream, */*;q=0.1');

  const selected = seats.replace('/api/courses/crs_1/seats', '/api/seats/stream?courseIds=crs_1,crs_2');

  it.each([
    ['LIVE_STREAMS_ANONYMOUS', seats],
    ['LIVE_STREAMS_PASSED', passed],
    ['LIVE_STREAMS_SELECTED', selected],
  ])('of %s are not filled by two addresses, whose streams make room', async (budget, head) => {
    const small = await system.start({ [budget]: '20', RATE_LIMIT_ADDRESS_PER_SECOND: '0' });
    const greedy = await SlowClient.many(small.port, ['127.0.0.2', '127.0.0.3'], 20);
    for (const client of greedy) client.sendText(head);
    await until(() => greedy.every(({ status }) => status !== undefined));
    const others = await SlowClient.many(small.port, ['127.0.0.4'], 6);
    for (const client of others) client.sendText(head);
    await until(() => others.every(({ text }) => text.includes('data: 1')));
    // What is over for them ended with a hint, or was refused at once.
    const sentAway = () => greedy.filter(({ text }) => /retry: [12]\d{3}|"too_many_streams"/.test(text));
    await until(() => sentAway().length === 40 - 14);
    for (const client of [...greedy, ...others]) client.close();
  });

  it('of one kind are not taken by another', async () => {
    const small = await system.start({ LIVE_STREAMS_ANONYMOUS: '1', LIVE_STREAMS_PASSED: '1' });
    const clients = await SlowClient.many(small.port, ['127.0.0.2'], 2);
    clients[0]?.sendText(seats);
    clients[1]?.sendText(passed);
    await until(() => clients.every(({ text }) => text.includes('data: 1')));
    const refused = await SlowClient.connect(small.port, '127.0.0.3');
    refused.sendText(seats);
    await until(() => refused.text.includes('"overloaded"'));
    for (const path of ['/api/courses/crs_1/seats', '/api/notifications/stream']) {
      const stream = await open(path, token, { at: small });
      expect([path, stream.answer.statusCode]).toEqual([path, 200]);
      stream.close();
    }
    for (const client of [...clients, refused]) client.close();
  });

  it('are counted for each user, of seats and of notifications', async () => {
    const small = await system.start({ LIVE_STREAMS_PER_USER: '1' });
    for (const path of ['/api/courses/crs_1/seats', '/api/notifications/stream']) {
      const first = await open(path, token, { at: small });
      const second = await open(path, token, { at: small });
      expect([path, first.answer.statusCode, second.answer.statusCode]).toEqual([path, 200, 429]);
      first.close();
    }
  });
});

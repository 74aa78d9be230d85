import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { LoadShedder } from '../admission/load-shedder.ts';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { SlowClient } from '../../testing/slow-client.ts';
import { OpenStreams } from '../upstream/open-streams.ts';

const system = new GatewaySystem();
let gateway: RunningGateway;
let open: OpenStreams;
const uncaught: unknown[] = [];
const note = (error: unknown) => uncaught.push(error);

const seats = 'GET /api/courses/crs_1/seats HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n';
const passed = seats.replace('text/event-stream', 'text/event-stream, */*;q=0.1');
const tunnel = 'CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n';

beforeAll(async () => {
  await system.prepare();
  system.enrollments.answer = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: seats\ndata: 1\n\n');
  };
  gateway = await system.start({ RATE_LIMIT_ADDRESS_PER_SECOND: '0' });
  open = gateway.app.get(OpenStreams);
});
afterAll(() => system.close());
beforeEach(() => {
  uncaught.length = 0;
  process.on('uncaughtException', note);
});
afterEach(() => {
  process.off('uncaughtException', note);
});

describe('a request for a tunnel', () => {
  it('ends nothing but its connection when the client resets it', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const client = await SlowClient.connect(gateway.port, '127.0.0.2');
      client.sendText(tunnel);
      await until(() => client.status === 405);
      client.socket.resetAndDestroy();
    }
    for (let turn = 0; turn < 20; turn += 1) {
      const client = await SlowClient.connect(gateway.port, '127.0.0.2');
      client.socket.write(tunnel, () => client.socket.resetAndDestroy());
    }
    const server = gateway.app.getHttpServer();
    await until(
      () =>
        new Promise((resolve) => server.getConnections((_: unknown, count: number) => resolve(count === 0))),
    );
    expect(uncaught).toEqual([]);
    expect((await gateway.get('/health/live')).status).toBe(200);
  });
});

describe('what cannot be answered behind answers under way', () => {
  it.each([
    ['a request for a tunnel', tunnel],
    ['bytes that are no request', 'G(T /\r\n\r\n'],
    ['an unknown method', 'MADE-UP /api/courses HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('closes the connection without a word and gives all places back: %s', async (_name, bytes) => {
    const client = await SlowClient.connect(gateway.port, '127.0.0.2');
    client.sendText(seats + passed + seats);
    await until(() => open.size === 3 && client.text.includes('data: 1'));
    client.sendText(bytes);
    await until(() => client.isClosed);
    expect(client.text.match(/HTTP\/1\.1/g)).toHaveLength(1);
    await until(() => open.size === 0);
    expect(gateway.app.get(LoadShedder).inFlight).toBe(0);
    expect(uncaught).toEqual([]);
  });

  it('is never read as the answer to the request before it', async () => {
    for (const bytes of [tunnel, 'G(T /\r\n\r\n']) {
      system.courses.answer = () => undefined;
      const client = await SlowClient.connect(gateway.port, '127.0.0.2');
      client.sendText(`GET /api/courses/crs_1?x=1 HTTP/1.1\r\nHost: x\r\n\r\n${bytes}`);
      await until(() => client.isClosed);
      expect(client.text).toBe('');
    }
  });
});

describe('an upgrade', () => {
  it('is not taken: the request is answered as it stands', async () => {
    const client = await SlowClient.connect(gateway.port, '127.0.0.2');
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
    client.sendText(`GET /health/live HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n`);
    await until(() => client.status !== undefined);
    expect(client.status).toBe(200);
    client.close();
  });
});

describe('a stream in the queue behind another one of its connection', () => {
  it.each(['revocation', 'eviction'])('gets nothing more once it was ended, by %s', async (how) => {
    const upstreams: ServerResponse[] = [];
    system.enrollments.answer = (_request, response) => {
      upstreams.push(response);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: seats\ndata: 1\n\n');
    };
    const small = await system.start({ RATE_LIMIT_ADDRESS_PER_SECOND: '0', LIVE_STREAMS_ANONYMOUS: '3' });
    const streams = small.app.get(OpenStreams);
    const { accessToken } = await small.register(`${how}@registrar.example`);
    const mine = seats.replace('Host: x', `Host: x\r\nAuthorization: Bearer ${accessToken}`);
    const client = await SlowClient.connect(small.port, '127.0.0.2');
    // The first one is passed through, ended by neither, and holds the others up.
    client.sendText(passed + (how === 'revocation' ? mine : seats.repeat(3)));
    const before = how === 'revocation' ? 2 : 4;
    await until(() => streams.size === before && upstreams.length === 2);
    const others = await SlowClient.connect(small.port, '127.0.0.3');
    // It makes the places too few for the other address.
    others.sendText(seats);
    await until(() => others.text.includes('data: 1'));
    if (how === 'revocation') await small.post('/api/auth/logout', undefined, accessToken);
    for (const upstream of upstreams) upstream.write('event: seats\ndata: 2\n\n');
    await until(() => others.text.includes('data: 2') && client.text.includes('data: 2'));
    // What was ended before is ended again.
    streams.beforeApplicationShutdown();
    await until(() => client.text.includes('retry: '));
    expect(uncaught).toEqual([]);
    expect((await small.get('/health/live')).status).toBe(200);
    client.close();
    others.close();
    await until(() => streams.size === 0);
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { LoadShedder } from '../admission/load-shedder.ts';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { SlowClient } from '../../testing/slow-client.ts';

const system = new GatewaySystem();
const unlimited = { RATE_LIMIT_ADDRESS_PER_SECOND: '0', RATE_LIMIT_SIGN_IN_PER_SECOND: '0' };
const slowAddresses = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];

beforeAll(() => system.prepare());
afterAll(() => system.close());

/** The head of a request whose body has 100 bytes, and the first of them. */
function begun(path: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
}

/** What somebody else gets meanwhile: an own route, a service's, and one from memory. */
async function othersGet(gateway: RunningGateway): Promise<unknown[]> {
  // Another account each time: failures on one are counted.
  const credentials = { email: `${randomUUID()}@registrar.example`, password: 'wrong' };
  const answers = [
    await gateway.post('/api/auth/login', credentials),
    await gateway.post('/api/courses/batch-get', { ids: ['crs_1'] }),
    await gateway.get('/api/courses'),
  ];
  return answers.map(({ status }) => status);
}

describe('bodies that come slowly', () => {
  it.each(['/api/auth/login', '/api/courses/batch-get'])(
    'shut nobody else out, more of them than there are places of any kind, from three addresses to %s',
    async (path) => {
      const places = { MAX_IN_FLIGHT: '200', MAX_ARRIVING_BODIES: '240', BODY_STALL_MS: '8000' };
      const gateway = await system.start({ ...unlimited, ...places });
      const clients = await SlowClient.many(gateway.port, slowAddresses, 100);
      for (const client of clients) client.sendText(begun(path));
      // The bodies hold all places for bodies: those of them that are too many have their answer.
      await until(() => clients.filter(({ status }) => status === 429).length === 60);
      expect(gateway.app.get(LoadShedder).inFlight).toBe(0);
      for (let turn = 0; turn < 5; turn += 1) expect(await othersGet(gateway)).toEqual([401, 200, 200]);
      // Each is given up, told so, and closed.
      await until(() => clients.every(({ isClosed }) => isClosed), 20_000);
      expect([...new Set(clients.map(({ status }) => status))].sort()).toEqual([408, 429]);
      expect(clients.find(({ status }) => status === 408)?.text).toContain('"code":"request_timeout"');
      expect(await othersGet(gateway)).toEqual([401, 200, 200]);
    },
    60_000,
  );

  it('have their time as long as something of them comes', async () => {
    const gateway = await system.start({ ...unlimited, BODY_STALL_MS: '2000' });
    const client = await SlowClient.connect(gateway.port, '127.0.0.2');
    const body = JSON.stringify({ ids: ['crs_1'] });
    const head = 'POST /api/courses/batch-get HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    client.sendText(`${head}Content-Length: ${body.length}\r\n\r\n`);
    for (const piece of body) {
      client.sendText(piece);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    await until(() => client.status !== undefined);
    expect(client.status).toBe(200);
    client.close();
  });

  it('are refused beyond their address’s share when they are large, and hold nothing after it', async () => {
    const gateway = await system.start({ ...unlimited, MAX_LARGE_BODIES: '4' });
    const head = 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    const large = `${head}Content-Length: 100000\r\n\r\n{"a":"${'x'.repeat(50_000)}`;
    const clients = await SlowClient.many(gateway.port, ['127.0.0.2'], 6);
    for (const client of clients) client.sendText(large);
    await until(() => clients.filter(({ status }) => status === 429).length === 2);
    // Another address is let in, in place of one of them; small ones are not concerned.
    const other = await SlowClient.connect(gateway.port, '127.0.0.3');
    other.sendText(large);
    await until(() => clients.filter(({ status }) => status === 429).length === 3);
    expect(await othersGet(gateway)).toEqual([401, 200, 200]);
    other.sendText(`${'x'.repeat(100_000 - 50_006 - 2)}"}`);
    await until(() => other.status !== undefined);
    expect(other.status).toBe(422);
    for (const client of [...clients, other]) client.close();
  });
});

describe('answers that nobody reads', () => {
  it('hold no place among the requests under way, in a queue behind a stream either', async () => {
    system.enrollments.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: seats\ndata: 1\n\n');
    };
    const gateway = await system.start({ ...unlimited, MAX_IN_FLIGHT: '20' });
    const client = await SlowClient.connect(gateway.port, '127.0.0.2');
    const stream = 'GET /api/courses/crs_1/seats HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n';
    client.sendText(stream);
    await until(() => client.text.includes('data: 1'));
    client.sendText('GET /api/nothing HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(30));
    const shedder = gateway.app.get(LoadShedder);
    await until(() => shedder.inFlight === 0);
    expect(await othersGet(gateway)).toEqual([401, 200, 200]);
    client.close();
  });
});

describe('connections that are only open', () => {
  it('leave room for other addresses, which get that of who has most', async () => {
    const gateway = await system.start({ ...unlimited, MAX_CONNECTIONS: '60' });
    const idle = await SlowClient.many(gateway.port, slowAddresses, 40);
    expect((await gateway.get('/api/courses')).status).toBe(200);
    await until(() => idle.filter(({ isClosed }) => isClosed).length >= 60);
    for (const client of idle) client.close();
  });
});

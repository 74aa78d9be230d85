import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { LoadJob, PreparedRequest } from './load-job.ts';
import { LoadRun } from './run-load.ts';
import { saturate } from './saturation.ts';

let server: Server | undefined;

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

function get(endpoint: string, path: string): PreparedRequest {
  return { endpoint, method: 'GET', path, headers: { authorization: 'Bearer x' } };
}

function job(url: string, over: Partial<LoadJob>): LoadJob {
  const shares = [
    { weight: 60, requests: [get('list', '/a'), get('list', '/b')] },
    { weight: 40, requests: [get('own', '/c')] },
  ];
  return { url, connections: 4, seed: 1, timeoutMs: 1_000, kind: 'closed', seconds: 0.3, shares, ...over };
}

describe('a paced run', () => {
  it('keeps its rate and its mix', async () => {
    const url = await serve((_, response) => response.end('ok'));
    const result = await new LoadRun(job(url, { kind: 'paced', ratePerSecond: 500, seconds: 1 })).runJob();
    expect(result.sent).toBe(500);
    expect(result.answered).toBe(500);
    const share = (result.endpoints['list']?.latency.count ?? 0) / 500;
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(0.7);
    expect(result.reconnects).toBe(0);
  });

  it('counts the wait for a busy connection as latency', async () => {
    // One connection, due every 50 ms, answered every 100 ms: the queue grows by 50 ms with each request.
    const url = await serve((_, response) => setTimeout(() => response.end('ok'), 100));
    const paced = job(url, {
      kind: 'paced',
      connections: 1,
      ratePerSecond: 20,
      seconds: 0.5,
      timeoutMs: 5_000,
    });
    const result = await new LoadRun(paced).runJob();
    expect(result.sent).toBe(10);
    expect(result.waited).toBe(9);
    expect(result.latency.maxMs).toBeGreaterThan(450);
    // What it waited for the connection, 225 ms in the middle, is no lateness of the load.
    expect(result.lateness.p50Ms).toBeLessThan(100);
  });

  it('tells what never came', async () => {
    const url = await serve(() => undefined);
    const silent = job(url, {
      kind: 'paced',
      connections: 2,
      ratePerSecond: 20,
      seconds: 0.2,
      timeoutMs: 300,
    });
    const result = await new LoadRun(silent).runJob();
    expect(result.answered).toBe(0);
    expect(result.failed + result.unanswered).toBeGreaterThanOrEqual(4);
  });
});

describe('a closed run', () => {
  it('counts statuses, layers and failures by endpoint', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/c') response.statusCode = 503;
      response.setHeader('cache-status', 'registrar-gateway; hit; detail=l1').end('x'.repeat(100));
    });
    const { endpoints, failed, answered } = await new LoadRun(job(url, {})).runJob();
    expect(answered).toBeGreaterThan(10);
    expect(endpoints['own']?.statuses).toEqual({ 503: endpoints['own']?.latency.count });
    expect(failed).toBe(endpoints['own']?.failed);
    expect(endpoints['list']).toMatchObject({
      failed: 0,
      layers: { gateway: endpoints['list']?.latency.count },
    });
  });

  it('opens a broken connection again and goes on', async () => {
    let count = 0;
    const url = await serve((request, response) => {
      count += 1;
      if (count === 5) request.socket.destroy();
      else response.end('ok');
    });
    const result = await new LoadRun(job(url, {})).runJob();
    expect(result.failed).toBe(1);
    expect(result.reconnects).toBe(1);
    expect(result.answered).toBeGreaterThan(10);
  });
});

describe('a burst', () => {
  it('sends each request once, each on a connection of its own, together', async () => {
    let open = 0;
    let most = 0;
    const url = await serve((_, response) => {
      most = Math.max(most, (open += 1));
      setTimeout(() => {
        open -= 1;
        response.end('ok');
      }, 200);
    });
    const requests = Array.from({ length: 40 }, (_, index) => get('enroll', `/${index}`));
    const burst = job(url, { kind: 'burst', connections: 40, shares: [{ weight: 1, requests }] });
    const result = await new LoadRun(burst).runJob();
    expect(result).toMatchObject({ sent: 40, answered: 40, failed: 0, unanswered: 0 });
    expect(most).toBe(40);
  });
});

describe('a saturation run by autocannon', () => {
  it('counts by endpoint what autocannon counts over all', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/c') response.statusCode = 404;
      response.end('ok');
    });
    const result = await saturate(job(url, { kind: 'saturation', seconds: 1 }));
    const own = result.endpoints['own'];
    expect(own?.statuses).toEqual({ 404: own?.latency.count });
    expect(result.failed).toBe(own?.latency.count);
    expect(result.endpoints['list']?.statuses).toEqual({ 200: result.endpoints['list']?.latency.count });
    expect((own?.latency.count ?? 0) / result.answered).toBeGreaterThan(0.3);
  });
});

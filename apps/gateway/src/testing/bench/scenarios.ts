import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Session } from '@registrar/contracts-gateway';
import { request } from 'undici';
import type { GatewaySystem } from '../gateway-system.ts';
import { json } from '../stub-service.ts';
import type { GatewayProcess } from './gateway-process.ts';
import { evenFlood, flood, paced, percentile } from './load.ts';

/** What a scenario runs on. */
export interface Scene {
  system: GatewaySystem;
  gateway: GatewayProcess;
  /** A signed-in student. */
  session: Session;
}

const readPath = '/api/enrollments/me';

/** A flood of 5,000 sign-ins a second, and what it does to who reads. */
export async function loginFlood({ gateway, session }: Scene): Promise<string[]> {
  const headers = { authorization: `Bearer ${session.accessToken}` };
  await paced(gateway.url, readPath, headers, 3);
  const before = await paced(gateway.url, readPath, headers, 10);
  const body = JSON.stringify({ email: 'nobody@registrar.example', password: 'no such password' });
  const { hostname, port } = new URL(gateway.url);
  const head = [
    'POST /api/auth/login HTTP/1.1',
    `Host: ${hostname}:${port}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  const flooding = evenFlood({
    host: hostname,
    port: Number(port),
    seconds: 20,
    connections: 100,
    rate: 5_000,
    request: `${head.join('\r\n')}\r\n\r\n${body}`,
  });
  await delay(3_000);
  const beside = await paced(gateway.url, readPath, headers, 15);
  const { perSecond, statuses } = await flooding;
  const [quiet, busy] = [percentile(before.sorted, 0.99), percentile(beside.sorted, 0.99)];
  return [
    `flood: ${perSecond.toFixed(0)} sign-ins/s sent, ${JSON.stringify(statuses)}`,
    `signed-in reads: p99 ${quiet.toFixed(1)} ms without, ${busy.toFixed(1)} ms beside (x${(busy / quiet).toFixed(1)}), p50 ${percentile(before.sorted, 0.5).toFixed(1)} and ${percentile(beside.sorted, 0.5).toFixed(1)} ms, ${beside.failed} failed`,
  ];
}

/** A service that is killed: how soon it is answered for, what the others feel, how soon it is back. */
export async function killedService({ system, gateway, session }: Scene): Promise<string[]> {
  const headers = { authorization: `Bearer ${session.accessToken}` };
  const other = '/api/notifications/me';
  const before = await paced(gateway.url, other, headers, 5);
  await system.enrollments.stop();
  const beside = paced(gateway.url, other, headers, 5);
  const times: number[] = [];
  for (let call = 0; call < 200; call += 1) {
    const begin = performance.now();
    const answer = await request(gateway.url + readPath, { headers });
    await answer.body.dump();
    if (answer.statusCode !== 503) throw new Error(`a killed service was answered with ${answer.statusCode}`);
    times.push(performance.now() - begin);
    await delay(10);
  }
  const { sorted, failed } = await beside;
  await system.enrollments.start();
  const begin = performance.now();
  for (;;) {
    const answer = await request(gateway.url + readPath, { headers });
    await answer.body.dump();
    if (answer.statusCode === 200) break;
    await delay(5);
  }
  const backMs = performance.now() - begin;
  times.sort((a, b) => a - b);
  return [
    `killed service: 503 after ${percentile(times, 0.5).toFixed(1)} ms, slowest of 200 ${percentile(times, 1).toFixed(1)} ms; back ${backMs.toFixed(0)} ms after its return`,
    `others: p99 ${percentile(before.sorted, 0.99).toFixed(1)} ms before, ${percentile(sorted, 0.99).toFixed(1)} ms beside, ${failed} failed`,
  ];
}

/** A thousand clients that never finish their request. */
export async function idleClients({ gateway, session }: Scene): Promise<string[]> {
  const headers = { authorization: `Bearer ${session.accessToken}` };
  const { port } = new URL(gateway.url);
  const before = await paced(gateway.url, readPath, headers, 5);
  const sockets = Array.from({ length: 1_000 }, () => connect(Number(port), '127.0.0.1'));
  for (const socket of sockets) socket.on('error', () => undefined);
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (const socket of sockets) socket.write('GET /api/courses HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  const beside = await paced(gateway.url, readPath, headers, 5);
  for (const socket of sockets) socket.destroy();
  return [
    `1,000 slow clients: reads p99 ${percentile(before.sorted, 0.99).toFixed(1)} ms without, ${percentile(beside.sorted, 0.99).toFixed(1)} ms beside, ${beside.failed} failed`,
  ];
}

/** Answers from memory against a bare server with the same body, by turns, the best of three each. */
export async function memoryHits({ system, gateway, session }: Scene): Promise<string[]> {
  const items = Array.from({ length: 10 }, (_, at) => ({ id: `crs_${at}`, description: 'x'.repeat(470) }));
  system.courses.answer = (_seen, response) =>
    json(response, 200, { items, nextCursor: null }, { etag: '"1.a"' });
  const headers = { authorization: `Bearer ${session.accessToken}` };
  const cases = { catalogue: '/api/courses', profile: '/api/auth/me' } as const;
  const lines: string[] = [];
  for (const [name, path] of Object.entries(cases)) {
    const rates = { bare: 0, gateway: 0 };
    let cpuUs = Infinity;
    for (let round = 0; round < 3; round += 1) {
      const bare = await flood({ url: `${system.notifications.url}/api/bare`, seconds: 4, connections: 64 });
      rates.bare = Math.max(rates.bare, bare.perSecond);
      const cpu = gateway.cpuMs();
      const ours = await flood({ url: gateway.url + path, seconds: 4, connections: 64, headers });
      rates.gateway = Math.max(rates.gateway, ours.perSecond);
      cpuUs = Math.min(cpuUs, ((gateway.cpuMs() - cpu) * 1_000) / (ours.perSecond * 4));
    }
    const ratio = (rates.gateway / rates.bare).toFixed(2);
    lines.push(
      `${name} hit: ${rates.gateway.toFixed(0)}/s against ${rates.bare.toFixed(0)}/s of a stub (${ratio}), ${cpuUs.toFixed(0)} us CPU a request`,
    );
  }
  return lines;
}

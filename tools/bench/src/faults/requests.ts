import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { requestOf } from '@registrar/contracts-http';
import { percentileOf } from '../load/latencies.ts';
import { endpointOf } from '../load/load-job.ts';
import { only, paced } from '../phases/jobs.ts';
import { duration, figure } from '../report/format.ts';
import type { Scene } from './scene.ts';
import { readBeside, shareOf } from './scene.ts';

const slowClients = 1_000;

function signIn() {
  const body = { email: 'nobody@registrar.example', password: 'no such password' };
  const { target, headers, body: text } = requestOf(gatewayRoutes.login, { body });
  const { method } = gatewayRoutes.login;
  return { endpoint: endpointOf(gatewayRoutes.login), method, path: target, headers, body: String(text) };
}

/** 5,000 sign-ins a second, and what they do to signed-in reads. */
export async function loginFlood(scene: Scene): Promise<void> {
  const { bench, generators, say } = scene;
  await readBeside(scene, 'own', 3);
  const before = await readBeside(scene, 'own', 10);
  const load = { connections: 100, ratePerSecond: 5_000, seconds: 20 };
  const flooding = generators.beside.runJob(paced(bench.url, only(signIn()), load));
  await delay(3_000);
  const beside = await readBeside(scene, 'own', 15);
  const flood = await flooding;
  const statuses = JSON.stringify(Object.values(flood.endpoints)[0]?.statuses);
  const times = beside.latency.p99Ms / before.latency.p99Ms;
  say(`${figure(flood.ratePerSecond)} sign-ins a second: ${statuses}`);
  say(
    `reads: p99 ${duration(before.latency.p99Ms)} without, ${duration(beside.latency.p99Ms)} beside (${figure(times)} times); ${beside.failed} failed`,
  );
}

/** Enrollments is killed: how soon its routes are refused, what other reads notice, and how soon it is used again. */
export async function killedService(scene: Scene): Promise<void> {
  const { bench, prepared, say } = scene;
  const [request] = shareOf(prepared, 'own')[0]?.requests ?? [];
  const read = () => fetch(`${bench.url}${request?.path}`, { headers: { ...request?.headers } });
  const before = await readBeside(scene, 'profile', 5);
  const reading = readBeside(scene, 'profile', 5);
  bench.system.kill('enrollments', 0, 'SIGKILL');
  const refusals: number[] = [];
  for (;;) {
    const startedAtMs = performance.now();
    const answer = await read();
    await answer.arrayBuffer();
    if (answer.ok && refusals.length > 0) break;
    if (!answer.ok) refusals.push(performance.now() - startedAtMs);
    await delay(10);
  }
  const beside = await reading;
  const sorted = Float64Array.from(refusals).sort();
  say(
    `killed service: ${sorted.length} refusals, p50 ${duration(percentileOf(sorted, 0.5))}, slowest ${duration(percentileOf(sorted, 1))}`,
  );
  say(
    `other reads: p99 ${duration(before.latency.p99Ms)} before, ${duration(beside.latency.p99Ms)} beside; ${beside.failed} failed`,
  );
}

/** A thousand clients that never finish their request. */
export async function slowRequests(scene: Scene): Promise<void> {
  const { hostname, port } = new URL(scene.bench.url);
  const before = await readBeside(scene, 'own', 5);
  const sockets = Array.from({ length: slowClients }, () => connect(Number(port), hostname));
  for (const socket of sockets) socket.on('error', () => undefined);
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (const socket of sockets) socket.write('GET /api/courses HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  const beside = await readBeside(scene, 'own', 5);
  for (const socket of sockets) socket.destroy();
  scene.say(
    `${slowClients} slow clients: reads p99 ${duration(before.latency.p99Ms)} without, ${duration(beside.latency.p99Ms)} beside; ${beside.failed} failed`,
  );
}

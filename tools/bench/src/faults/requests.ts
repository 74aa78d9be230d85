import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { requestOf } from '@registrar/contracts-http';
import { percentileOf } from '../load/latencies.ts';
import type { LoadResult, PreparedRequest } from '../load/load-job.ts';
import { only, paced, prepared } from '../phases/jobs.ts';
import { duration, figure } from '../report/format.ts';
import type { Scene } from './scene.ts';
import { readBeside, shareOf } from './scene.ts';

const slowClients = 1_000;

function signIn(): PreparedRequest {
  const body = { email: 'nobody@registrar.example', password: 'no such password' };
  return prepared(gatewayRoutes.login, requestOf(gatewayRoutes.login, { body }));
}

function readsText(before: LoadResult, beside: LoadResult): string {
  const [without, during] = [before, beside].map(({ latency }) => duration(latency.p99Ms));
  return `reads: p99 ${without} without, ${during} beside; ${beside.failed} failed`;
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
  say(`${figure(flood.ratePerSecond)} sign-ins a second: ${statuses}; ${readsText(before, beside)}`);
}

/** Enrollments is killed: how soon its routes are refused, what other reads notice, and how soon it is used again. */
export async function killedService(scene: Scene): Promise<void> {
  const { bench, say } = scene;
  const [request] = shareOf(scene.prepared, 'own')[0]?.requests ?? [];
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
  const [median, slowest] = [0.5, 1].map((share) => duration(percentileOf(sorted, share)));
  say(`killed service: ${sorted.length} refusals, p50 ${median}, slowest ${slowest}`);
  say(`other ${readsText(before, beside)}`);
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
  scene.say(`${slowClients} slow clients: ${readsText(before, beside)}`);
}

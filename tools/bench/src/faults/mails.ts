import { setTimeout as delay } from 'node:timers/promises';
import type { SmtpMood } from '@registrar/testing';
import type { LoadJob, PreparedRequest } from '../load/load-job.ts';
import { difference, histogramOf, sumOf } from '../observe/metrics-text.ts';
import { inOrder, once } from '../phases/jobs.ts';
import { enrollmentRequests } from '../phases/prepare.ts';
import { duration, figure } from '../report/format.ts';
import type { Scene } from './scene.ts';

const burstSize = 1_000;
const perSecond = 20;
const seconds = 10;
const inbox = 'notifications_event_to_inbox_seconds';
const deadlineMs = 180_000;

function enrollments({ prepared, spare }: Scene, count: number): PreparedRequest[] {
  return enrollmentRequests(prepared, spare.splice(0, count), 'faults');
}

function steadyEnrollments(scene: Scene): LoadJob {
  const load = { connections: 50, ratePerSecond: perSecond };
  return inOrder(scene.bench.url, enrollments(scene, perSecond * seconds), load);
}

/** Enrollments at an even rate while the mail server works, is down, hangs or is slow. */
export async function mailServer(scene: Scene): Promise<void> {
  const { bench, generators, smtp, say } = scene;
  await generators.main.runJob(steadyEnrollments(scene));
  const moods: [string, SmtpMood][] = [
    ['works', 'well'],
    ['is down', 'refusing'],
    ['hangs', 'hanging'],
    ['takes 2 s an answer', { slowMs: 2_000 }],
    ['works again', 'well'],
  ];
  for (const [name, mood] of moods) {
    smtp.behave(mood);
    const before = await bench.metrics();
    const { latency, failed } = await generators.main.runJob(steadyEnrollments(scene));
    await delay(1_000);
    const toInbox = histogramOf(difference(before, await bench.metrics()), inbox);
    say(
      `mail server ${name}: enrollments p50 ${duration(latency.p50Ms)}, p99 ${duration(latency.p99Ms)}, ${failed} failed; event to inbox p99 ${duration(toInbox.p99 * 1_000)}`,
    );
  }
}

/** Makes events while notifications is halted; resolves with the time at which it continues and all are due at once. */
async function backlogOfEvents(scene: Scene): Promise<number> {
  const { bench, generators } = scene;
  await bench.untilIdle();
  bench.system.kill('notifications', 0, 'SIGSTOP');
  await generators.main.runJob(once(bench.url, enrollments(scene, burstSize), 96));
  bench.system.kill('notifications', 0, 'SIGCONT');
  return performance.now();
}

async function secondsUntil(isDone: () => boolean | Promise<boolean>, sinceMs: number): Promise<number> {
  while (!(await isDone())) {
    if (performance.now() - sinceMs > deadlineMs) throw new Error('Not all events or mails arrived in time.');
    await delay(100);
  }
  return (performance.now() - sinceMs) / 1_000;
}

/** Counts mails from now on. */
function mailCounter({ smtp }: Scene) {
  const [distinct, all] = [smtp.messageIds.size, smtp.mails.length];
  const arrived = () => smtp.messageIds.size - distinct;
  return { arrived, twice: () => smtp.mails.length - all - arrived() };
}

/** A thousand events at once: how long until their rows are in the inboxes, and their mails are taken. */
export async function burst(scene: Scene): Promise<void> {
  const { bench, say } = scene;
  const { arrived, twice } = mailCounter(scene);
  const rowsOf = async () => sumOf(await bench.metrics(), `${inbox}_count`);
  const rows = await rowsOf();
  const startedAtMs = await backlogOfEvents(scene);
  const [inInbox, delivered] = await Promise.all([
    secondsUntil(async () => (await rowsOf()) >= rows + burstSize, startedAtMs),
    secondsUntil(() => arrived() >= burstSize, startedAtMs),
  ]);
  say(
    `${burstSize} events at once: inbox rows after ${figure(inInbox)} s, mails after ${figure(delivered)} s, ${twice()} twice`,
  );
}

/** The same while notifications is killed three times and Redis loses everything once. */
export async function burstKilled(scene: Scene): Promise<void> {
  const { bench, say } = scene;
  const { arrived, twice } = mailCounter(scene);
  let killedAtMs = await backlogOfEvents(scene);
  for (const count of [1, 150, 400]) {
    await secondsUntil(() => arrived() >= count, killedAtMs);
    bench.system.kill('notifications', 0, 'SIGKILL');
    killedAtMs = performance.now();
    if (count === 150) await bench.dropKeys();
    await bench.system.untilReady('notifications');
  }
  const delivered = await secondsUntil(() => arrived() >= burstSize, killedAtMs);
  say(
    `${burstSize} events, three SIGKILLs, Redis lost once: mails ${figure(delivered)} s after the last kill, ${twice()} twice`,
  );
}

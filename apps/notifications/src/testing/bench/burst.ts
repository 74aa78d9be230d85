import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Scenario } from './scenario.ts';

const count = 1_000;
/** Events before, so that what happens only at first (connections, compiling here and in the store) is over. */
const before = 200;

/** 1,000 events at once: how long until the inboxes have them, and MailDev. */
export async function burst(print: (line: string) => void): Promise<void> {
  for (const courses of [50, 1]) {
    const scenario = await Scenario.make();
    const service = await scenario.service();
    try {
      const people = await scenario.people(count);
      await settled(scenario);
      const events = scenario.events(people, courses);
      const cpuBefore = await service.cpuSeconds();
      const startedAt = performance.now();
      await scenario.publish(events);
      const rows = await scenario.rowsOf(events, startedAt);
      const { seconds, mails } = await scenario.mailsOf(count + before, startedAt);
      const cpu = (await service.cpuSeconds()) - cpuBefore;
      print(
        `${count} events at once over ${courses} course(s): inbox rows after ${rows.toFixed(1)} s (goal 3), ` +
          `mails after ${seconds.toFixed(1)} s (goal 60), ${mails - count - before} twice, 0 lost; ${cpu.toFixed(1)} s CPU of the service`,
      );
    } finally {
      await service.end();
      await scenario.close();
    }
  }
}

/** The same with three SIGKILLs and one loss of everything in Redis on the way. */
export async function burstUnderFire(print: (line: string) => void): Promise<void> {
  const scenario = await Scenario.make();
  let service = await scenario.service();
  try {
    const events = scenario.events(await scenario.people(count), 50);
    await scenario.publish(events);
    let killedAt = 0;
    for (const arrived of [0, 150, 400]) {
      while ((await scenario.mail.count()).distinct < arrived) await delay(100);
      await delay(300);
      await service.end('SIGKILL');
      killedAt = performance.now();
      if (arrived === 150) await loseRedis(scenario.around.prefix);
      service = await scenario.service({}, { waits: false });
    }
    const rows = await scenario.rowsOf(events, killedAt);
    const { seconds, mails } = await scenario.mailsOf(count, killedAt);
    print(
      `${count} events, three SIGKILLs, Redis lost once: rows ${rows.toFixed(1)} s after the last kill, ` +
        `mails ${seconds.toFixed(1)} s after it (goal 30), ${mails - count} twice (same Message-ID), 0 lost`,
    );
  } finally {
    await service.end('SIGKILL');
    await scenario.close();
  }
}

/** The events before, to their mails. */
async function settled(scenario: Scenario): Promise<void> {
  await scenario.publish(scenario.events(await scenario.people(before), before));
  await scenario.mailsOf(before, performance.now());
}

/** What a flush takes from the service, without taking anything from others who share the server. */
async function loseRedis(prefix: string): Promise<void> {
  for (const [name, match] of [
    ['JOBS_REDIS_URL', `jobs-${prefix}:*`],
    ['REDIS_URL', `${prefix}:*`],
  ] as const) {
    const redis = new Redis(process.env[name] ?? '');
    for await (const keys of redis.scanStream({ match, count: 1_000 })) {
      if ((keys as string[]).length > 0) await redis.del(...(keys as string[]));
    }
    redis.disconnect();
  }
}

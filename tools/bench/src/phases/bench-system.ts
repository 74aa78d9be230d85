import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { appNames, standardTerminal, startSystem } from '@registrar/stack';
import type { System, SystemOptions } from '@registrar/stack';
import { accessToken, readSigningKey } from '@registrar/testing/access-token';
import type { SigningKey } from '@registrar/testing/access-token';
import { drawnId } from '@registrar/testing/random';
import { figuresOf } from '../observe/process-figures.ts';
import { parseMetrics } from '../observe/metrics-text.ts';
import type { Sample } from '../observe/metrics-text.ts';
import { workspaceRoot } from '../script-path.ts';
import type { StoreAddress } from '../seed/bench-store.ts';

/** The rate limits of a run: off, as few addresses represent a campus. Everything else is as `npm start` has it. */
export const benchLimits = {
  RATE_LIMIT_USER_PER_SECOND: '0',
  RATE_LIMIT_ADDRESS_PER_SECOND: '0',
  RATE_LIMIT_SIGN_IN_PER_SECOND: '0',
} as const;

/** CPU seconds in a second of a machine of usual speed that is next to idle; on a slow one it is more. */
const idleCpuShare = 0.4;
const restSamples = 6;
const restTimes = 1.5;
const idleSecondsWanted = 3;
const idleWithinMs = 180_000;
const goneWithinMs = 30_000;
const keysAtATime = 500;

/** The system that is measured, with what is observed of it from outside. */
export class BenchSystem {
  readonly system: System;
  readonly key: SigningKey;
  readonly signingKeysFile: string;
  private mostWhenIdle = idleCpuShare;

  private constructor(system: System, signingKeysFile: string) {
    this.system = system;
    this.signingKeysFile = signingKeysFile;
    this.key = readSigningKey(signingKeysFile);
  }

  /** Starts a system of its own on free ports, with data that is gone afterwards; `env` goes to its apps. */
  static async start(
    name: string,
    env: Readonly<Record<string, string>> = {},
    more: Pick<SystemOptions, 'terminal' | 'instances'> = {},
  ): Promise<BenchSystem> {
    const system = await startSystem({
      name,
      env: { ...benchLimits, ...env },
      terminal: standardTerminal,
      ...more,
    });
    const bench = new BenchSystem(system, join(workspaceRoot, '.local', name, 'signing-keys.json'));
    await bench.measureRest();
    return bench;
  }

  get url(): string {
    return this.system.gatewayUrl;
  }

  /** A token of a registrar who has no account. */
  registrarToken(): string {
    return accessToken(this.key, drawnId(Math.random, 'usr'), ['registrar']);
  }

  /** Where its rows are. */
  get store(): StoreAddress {
    const { DYNAMODB_ENDPOINT } = this.system.addresses;
    return { DYNAMODB_ENDPOINT, TABLE_PREFIX: this.system.prefixes.TABLE_PREFIX };
  }

  /** The pids of the apps, further instances with a number, and of those backing services that the system runs itself. */
  pids(): Record<string, number> {
    const { redis, kafka, dynamodb, mail } = this.system.record();
    const backing = { redis: redis.pid, kafka: kafka.pid, dynamodb: dynamodb.pid, mail: mail.pid };
    const apps = appNames.flatMap((app) =>
      this.system.instances(app).map(({ pid }, at) => [at === 0 ? app : `${app} ${at + 1}`, pid]),
    );
    const all = [...apps, ...Object.entries(backing)].filter(([, pid]) => pid !== undefined);
    return Object.fromEntries(all) as Record<string, number>;
  }

  /** The metrics of all apps at this moment. */
  async metrics(): Promise<Sample[]> {
    const pages = await Promise.all(
      appNames.flatMap((app) =>
        this.system.instances(app).map(async ({ metricsUrl }) => {
          const text = await (await fetch(metricsUrl)).text();
          // Labelled by app, so that a restart of one is not hidden by the counts of the others.
          return parseMetrics(text).map((sample) => ({ ...sample, labels: { ...sample.labels, app } }));
        }),
      ),
    );
    return pages.flat();
  }

  /**
   * Resolves when earlier work (events, mails, scans whose caller gave up) is done: the apps and their backing services
   * have been next to idle for three seconds. Gives how long it took until the first of them, seconds.
   */
  async untilIdle(): Promise<number> {
    const startedAtMs = performance.now();
    const untilMs = startedAtMs + idleWithinMs;
    let idleSeconds = 0;
    let before = this.cpuSeconds();
    while (idleSeconds < idleSecondsWanted) {
      if (performance.now() > untilMs) throw new Error('The system does not become idle.');
      await delay(1_000);
      const now = this.cpuSeconds();
      idleSeconds = now - before < this.mostWhenIdle ? idleSeconds + 1 : 0;
      before = now;
    }
    return Math.max(0, (performance.now() - startedAtMs) / 1_000 - idleSecondsWanted);
  }

  /** Ends every app, empties their caches in Redis, and resolves when the supervisor has started them all again. */
  async restartCold(): Promise<void> {
    const pids = appNames.map((app) => this.system.instances(app)[0]?.pid ?? 0);
    for (const app of appNames) this.system.kill(app, 0, 'SIGTERM');
    const untilMs = performance.now() + goneWithinMs;
    while (pids.some((pid) => figuresOf(pid) !== undefined) && performance.now() < untilMs) await delay(10);
    await this.dropKeysOf('REDIS_URL', this.system.prefixes.CACHE_PREFIX);
    await this.system.untilReady();
  }

  /** Deletes what a flush of Redis would: its caches and jobs. */
  async dropKeys(): Promise<void> {
    const { CACHE_PREFIX, JOBS_PREFIX } = this.system.prefixes;
    await this.dropKeysOf('REDIS_URL', CACHE_PREFIX);
    await this.dropKeysOf('JOBS_REDIS_URL', JOBS_PREFIX);
  }

  stop(): Promise<void> {
    return this.system.stop();
  }

  /** CPU that each process has used since it started, seconds. */
  cpu(): Record<string, number> {
    const used = Object.entries(this.pids()).map(([name, pid]) => [name, figuresOf(pid)?.cpuSeconds ?? 0]);
    return Object.fromEntries(used) as Record<string, number>;
  }

  /** Measures what the system uses before anything is asked of it. */
  private async measureRest(): Promise<void> {
    let before = this.cpuSeconds();
    let least = Infinity;
    for (let sample = 0; sample < restSamples; sample += 1) {
      await delay(1_000);
      const now = this.cpuSeconds();
      least = Math.min(least, now - before);
      before = now;
    }
    this.mostWhenIdle = Math.max(idleCpuShare, restTimes * least);
  }

  private cpuSeconds(): number {
    return Object.values(this.cpu()).reduce((sum, seconds) => sum + seconds, 0);
  }

  private async dropKeysOf(server: 'REDIS_URL' | 'JOBS_REDIS_URL', prefix: string): Promise<void> {
    const redis = new Redis(this.system.addresses[server], { lazyConnect: true });
    await redis.connect();
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: keysAtATime }) as AsyncIterable<
      string[]
    >) {
      if (keys.length > 0) await redis.unlink(keys);
    }
    redis.disconnect();
  }
}

import { TcpChaosProxy, until } from '@registrar/testing';
import { Registry } from 'prom-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LinkMetrics } from '../metrics/link-metrics.ts';
import { redisUrl, testPrefix } from '../testing/redis-under-test.ts';
import { silentLog } from './cache-log.ts';
import { createRedisClient, epochKey } from './redis-client.ts';
import { RedisLink } from './redis-link.ts';
import type { LinkLimits } from './redis-link.ts';

describe('RedisLink', () => {
  let proxy: TcpChaosProxy;
  let link: RedisLink;
  let direct: RedisLink;
  let registry: Registry;
  let prefix: string;
  let recovered: number;

  beforeEach(async () => {
    proxy = await TcpChaosProxy.start(redisUrl());
    registry = new Registry();
    prefix = testPrefix();
    link = through({ writeMs: 400, probeEveryMs: 400 });
    direct = new RedisLink(createRedisClient({ url: redisUrl(), prefix }), LinkMetrics.of(new Registry()));
    direct.start();
    recovered = 0;
  });

  afterEach(async () => {
    link.close();
    direct.close();
    await proxy.stop();
  });

  /** A link through the proxy. */
  function through(limits: Partial<LinkLimits>): RedisLink {
    const client = createRedisClient({ url: proxy.url(redisUrl()), prefix });
    const made = new RedisLink(client, LinkMetrics.of(registry), silentLog, limits);
    made.onRecovered(() => (recovered += 1));
    return made;
  }

  const ask = () => link.runCommand('get', (client) => client.get('thing'));
  const writeTombstone = () =>
    link.recordWrite('tombstone', (client) => client.set('thing', 'told', 'EX', 60));
  const epoch = async () => Number((await direct.client.get(epochKey)) ?? 0);

  async function started(): Promise<void> {
    link.start();
    await until(() => link.trusted && direct.trusted);
  }

  async function counted(name: string, labels: Record<string, string> = {}): Promise<number> {
    const metric = await registry.getSingleMetric(name)?.get();
    const found = metric?.values.filter((value) =>
      Object.entries(labels).every(([k, v]) => value.labels[k] === v),
    );
    return (found ?? []).reduce((sum, { value }) => sum + value, 0);
  }

  it('starts while Redis is dead, is not used, and is used when Redis is there', async () => {
    await proxy.refuse();
    link.start();
    expect(await ask()).toBeUndefined();
    await proxy.pass();
    await until(() => link.trusted);
    await until(
      async () => (await link.runCommand('set', (client) => client.set('thing', 'x', 'EX', 60))) === 'OK',
    );
  });

  it('trusts what is there after a start: nothing was missed, no epoch is raised', async () => {
    await started();
    expect([await epoch(), recovered]).toEqual([0, 0]);
  });

  it('is passed over at once when the connection is lost, and raises the epoch before it is used again', async () => {
    await started();
    await proxy.refuse();
    await until(() => !link.trusted);
    const before = proxy.accepted;
    for (let index = 0; index < 1_000; index += 1) expect(await ask()).toBeUndefined();
    expect(proxy.accepted).toBe(before);
    expect(await epoch()).toBe(0);
    await proxy.pass();
    await until(() => link.trusted);
    expect([await epoch(), recovered, link.generation]).toEqual([1, 1, 1]);
  });

  it('asks a Redis that never answers for 100 ms, then goes on without, and gives the connection up', async () => {
    await started();
    proxy.hole();
    const before = proxy.chunks;
    for (let index = 0; index < 200; index += 1) expect(await ask()).toBeUndefined();
    expect(link.trusted).toBe(false);
    expect(await counted('registrar_cache_redis_failures_total', { operation: 'get' })).toBeLessThanOrEqual(
      9,
    );
    expect(proxy.chunks - before).toBeLessThanOrEqual(9);
    await until(() => link.generation > 0);
    await proxy.pass();
    await until(() => link.trusted);
    expect(recovered).toBeGreaterThanOrEqual(1);
  });

  it('passes over a Redis that answers late, keeps the connection, and raises nothing', async () => {
    await started();
    // Beyond four limits, for `within` gives a starved process so many.
    await proxy.pass(200);
    await until(async () => (await ask()) === undefined && !link.trusted);
    const accepted = proxy.accepted;
    const probesFrom = proxy.chunks;
    await until(() => proxy.chunks >= probesFrom + 6);
    expect([proxy.accepted, link.generation, link.trusted, await epoch()]).toEqual([accepted, 0, false, 0]);
    await proxy.pass(0);
    await until(() => link.trusted);
    expect(await epoch()).toBe(0);
  });

  it('owes a write that found no connection', async () => {
    await started();
    await proxy.refuse();
    await until(() => link.client.status !== 'ready');
    expect(await writeTombstone()).toBeUndefined();
    await proxy.pass();
    await until(() => link.trusted);
    expect(await epoch()).toBe(1);
  });

  it('owes a write that was not answered, and asks nothing before the epoch is raised', async () => {
    await started();
    proxy.mute();
    expect(await writeTombstone()).toBeUndefined();
    expect(link.trusted).toBe(false);
    expect(await ask()).toBeUndefined();
    await until(async () => (await epoch()) > 0);
    await proxy.pass();
    await until(() => link.trusted);
    expect(recovered).toBeGreaterThanOrEqual(1);
  });

  it('owes nothing any more when the answer to a write comes late', async () => {
    link.close();
    // The first probe pays what is owed: the answer must be there long before it.
    link = through({ writeMs: 100, probeEveryMs: 2_000 });
    await started();
    proxy.mute();
    expect(await writeTombstone()).toBeUndefined();
    expect(link.trusted).toBe(false);
    await proxy.pass();
    await until(() => link.trusted);
    expect([await epoch(), recovered]).toEqual([0, 0]);
  });

  it('tells Redis of a write also while it is not trusted', async () => {
    await started();
    await proxy.pass(100);
    await until(async () => (await ask()) === undefined && !link.trusted);
    expect(await writeTombstone()).toBe('OK');
  });

  it('raises the epoch again for what failed while it was being raised', async () => {
    await started();
    proxy.cut();
    await until(() => link.client.status !== 'ready');
    await proxy.refuse();
    for (let index = 0; index < 3; index += 1) await writeTombstone();
    await proxy.pass();
    await until(() => link.trusted);
    const raised = await epoch();
    expect(raised).toBeGreaterThanOrEqual(1);
    await until(async () => (await ask()) === null);
    expect(await epoch()).toBe(raised);
  });

  it('has only so many commands under way, however many ask at once', async () => {
    await started();
    proxy.hole();
    await Promise.all(Array.from({ length: 3_000 }, () => ask()));
    expect(await counted('registrar_cache_redis_failures_total', { reason: 'crowded' })).toBe(1_000);
    expect(await counted('registrar_cache_redis_failures_total', { reason: 'late' })).toBe(2_000);
  });

  it('does not let what is owed grow without bound', async () => {
    await started();
    await proxy.refuse();
    await until(() => link.client.status !== 'ready');
    for (let index = 0; index < 5_000; index += 1) await writeTombstone();
    await proxy.pass();
    await until(() => link.trusted);
    expect(await epoch()).toBe(1);
  });
});

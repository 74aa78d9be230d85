import { setTimeout as delay } from 'node:timers/promises';
import type { System } from '@registrar/stack';
import type { DynamoFault } from '@registrar/testing';
import type { Random } from '@registrar/testing/random';
import { below, between, oneOf } from '@registrar/testing/random';
import type { OldRedis } from './old-redis.ts';
import type { Proxies } from './proxies.ts';

/** What an episode of chaos may touch. */
export interface Battlefield {
  readonly system: System;
  readonly proxies: Proxies;
  readonly oldRedis: OldRedis;
  readonly random: Random;
  readonly say: (line: string) => void;
}

/** Something goes wrong for a while and is over when it resolves. */
export type Episode = (field: Battlefield) => Promise<void>;

/** A commit is done so long after it was sent, or the store is slower than the kill; ms. */
const commitMs = 150;
/** The answer of the aimed commit is held back so long, ms. */
const holdMs = 2_000;
/** How long a commit to aim at is waited for, ms. */
const aimMs = 4_000;

/** An instance is killed at any moment. */
const kill: Episode = async ({ system, random, say }) => {
  const instance = below(random, system.instances('enrollments').length);
  say(`SIGKILL of enrollments ${instance + 1}`);
  system.kill('enrollments', instance, 'SIGKILL');
  await system.untilReady('enrollments');
};

/** An instance is killed after a commit of a course, before its answer. */
const killBetween: Episode = async ({ system, proxies, random, say }) => {
  const instance = below(random, proxies.dynamo.length);
  const proxy = proxies.dynamo[instance];
  if (!proxy) return;
  const rule = proxy.when({ operation: 'TransactWriteItems', table: 'outbox' }, { delayMs: holdMs }, 1);
  const endsAt = performance.now() + aimMs;
  while (rule.hits === 0 && performance.now() < endsAt) await delay(5);
  rule.end();
  if (rule.hits === 0) return;
  await delay(commitMs);
  say(`SIGKILL of enrollments ${instance + 1} between a commit and its answer`);
  system.kill('enrollments', instance, 'SIGKILL');
  await system.untilReady('enrollments');
};

/** An instance is halted, as one whose machine is suspended, and continues with all that it had begun. */
const stop: Episode = async ({ system, random, say }) => {
  const instance = below(random, system.instances('enrollments').length);
  const forMs = between(random, 4_000, 6_500);
  say(`enrollments ${instance + 1} stands still for ${seconds(forMs)}`);
  system.kill('enrollments', instance, 'SIGSTOP');
  await delay(forMs);
  system.kill('enrollments', instance, 'SIGCONT');
};

/** The broker hangs. */
const kafkaPaused: Episode = async ({ system, random, say }) => {
  const forMs = between(random, 1_500, 5_000);
  say(`Kafka hangs for ${seconds(forMs)}`);
  await system.freeze('kafka', true);
  await delay(forMs);
  await system.freeze('kafka', false);
};

/** The cache is unreachable, for all. */
const redisAway: Episode = async ({ proxies, random, say }) => {
  const forMs = between(random, 1_000, 4_000);
  say(`Redis is away for ${seconds(forMs)}`);
  await proxies.redis.refuse();
  await delay(forMs);
  await proxies.redis.pass();
};

/** The cache dies, and comes back with what it had some seconds before. */
const redisBackOld: Episode = async ({ proxies, oldRedis, random, say }) => {
  const kept = await oldRedis.snapshot();
  await delay(between(random, 1_500, 3_000));
  await proxies.redis.refuse();
  await oldRedis.restore(kept);
  say(`Redis died and comes back with ${kept.length} keys as they were a while ago`);
  await delay(between(random, 300, 1_000));
  await proxies.redis.pass();
};

/** The store hangs, for all. */
const storeStalls: Episode = async ({ system, random, say }) => {
  const forMs = between(random, 800, 3_500);
  say(`DynamoDB hangs for ${seconds(forMs)}`);
  await system.freeze('dynamodb', true);
  await delay(forMs);
  await system.freeze('dynamodb', false);
};

/** Temporary reasons, as the store gives them for single actions of a transaction. */
const passingReasons = ['TransactionConflict', 'ProvisionedThroughputExceeded', 'ThrottlingError'];

/** Some of the commits are cancelled, each for several reasons at once. */
const mixedReasons: Episode = async ({ proxies, random, say }) => {
  const forMs = between(random, 1_000, 3_000);
  const share = between(random, 0.2, 0.5);
  say(
    `DynamoDB cancels ${Math.round(share * 100)} % of TransactWriteItems for mixed reasons, for ${seconds(forMs)}`,
  );
  const target = { operation: 'TransactWriteItems', call: () => random() < share };
  const cancel = (actions: readonly unknown[]): string[] => {
    const busy = below(random, actions.length);
    return actions.map((_, at) => (at === busy || random() < 0.2 ? oneOf(random, passingReasons) : 'None'));
  };
  const rules = proxies.dynamo.map((proxy) => proxy.when(target, { cancel }));
  await delay(forMs);
  for (const rule of rules) rule.end();
};

/** Some of the calls of enrollments have one kind of fault. */
function storeFault(fault: DynamoFault, operation: string, words: string): Episode {
  return async ({ proxies, random, say }) => {
    const forMs = between(random, 1_000, 3_000);
    const share = between(random, 0.2, 0.7);
    say(`DynamoDB ${words} ${Math.round(share * 100)} % of ${operation} for ${seconds(forMs)}`);
    const target = { operation, call: () => random() < share };
    const rules = proxies.dynamo.map((proxy) => proxy.when(target, fault));
    await delay(forMs);
    for (const rule of rules) rule.end();
  };
}

/** Every kind of chaos, by name. */
export const episodes: Readonly<Record<string, Episode>> = {
  kill,
  killBetween,
  stop,
  kafkaPaused,
  redisAway,
  redisBackOld,
  storeStalls,
  throttledWrites: storeFault('throttle', 'TransactWriteItems', 'throttles'),
  throttledReads: storeFault('throttle', 'BatchGetItem', 'throttles'),
  leftOver: storeFault('unprocessed', 'BatchGetItem', 'leaves unprocessed'),
  mixedReasons,
  conflicts: storeFault('conflict', 'TransactWriteItems', 'reports conflicts for'),
  lostAnswers: storeFault('lose-answer', 'TransactWriteItems', 'does, and loses the answer of,'),
};

/** Those that freeze a backing service, which must be of our own then. */
export const freezing: readonly string[] = ['kafkaPaused', 'storeStalls'];

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

import { Logger } from '@nestjs/common';
import type { Consumer, ConsumerCrashEvent, ConsumerGroupJoinEvent, Kafka } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { steadyNow } from '@registrar/service';
import type { ConnectionState } from '../kafka/event-producer.ts';
import type { BatchRunner } from './batch-runner.ts';
import { rejoins } from './consumer.metrics.ts';
import type { Positions } from './positions.ts';

/** What a session reads, and as whom. */
interface SessionSettings {
  groupId: string;
  /** Physical topics. */
  topics: string[];
  /** Partitions that may be worked on at a time. */
  partitionsAtOnce: number;
  /** Where this instance is, for a group without commits; undefined for one that commits. */
  positions: Positions | undefined;
}

const sessionTimeoutMs = 6_000;
const heartbeatIntervalMs = 1_000;
/** A fetch waits so long for events, and so does a partition whose pause has ended. */
const maxWaitMs = 500;
const silenceMs = 45_000;
const maxBackoffMs = 5_000;

/**
 * One member of one consumer group, kept alive: connects in the background, and after any crash makes a new
 * consumer, without end.
 *
 * kafkajs restarts by itself only after some errors and never after the others; here every crash, and a consumer
 * that gives no sign for 45 s, has the same end.
 */
export class ConsumerSession {
  private readonly logger = new Logger(ConsumerSession.name);
  private readonly stopping = new AbortController();
  private consumer: Consumer | undefined;
  private running: Promise<void> | undefined;
  private current: ConnectionState = 'connecting';
  private failures = 0;
  private polledAt: number | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly runner: BatchRunner,
    private readonly settings: SessionSettings,
  ) {}

  get state(): ConnectionState {
    return this.current;
  }

  /** When Kafka last answered a fetch, by the steady clock (`steadyNow`), ms; a fetch waits at most 0.5 s for events. */
  get lastPollAt(): number | undefined {
    return this.polledAt;
  }

  /** The kafkajs consumer of the moment. */
  get client(): Consumer | undefined {
    return this.consumer;
  }

  /** Begins in the background. */
  start(): void {
    this.running ??= this.run();
  }

  /** Lets the running handlers end, commits, leaves the group. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.consumer?.disconnect();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.session();
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        this.failures += 1;
        this.current = this.failures === 1 ? 'connecting' : 'down';
        rejoins.inc({ group: this.settings.groupId });
        this.logger.warn({ err: error, group: this.settings.groupId }, 'consumer lost');
        const limit = Math.min(maxBackoffMs, 200 * 2 ** (this.failures - 1));
        const waitMs = limit / 2 + (Math.random() * limit) / 2;
        await delay(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** Reads until the consumer is lost (rejects) or the session is stopped (resolves). */
  private async session(): Promise<void> {
    const consumer = this.kafka.consumer({
      groupId: this.settings.groupId,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: heartbeatIntervalMs,
      maxWaitTimeInMs: maxWaitMs,
      allowAutoTopicCreation: false,
      retry: {
        initialRetryTime: 100,
        maxRetryTime: 1_000,
        retries: 5,
        restartOnFailure: () => Promise.resolve(false),
      },
    });
    this.consumer = consumer;
    const lost = this.untilLost(consumer);
    try {
      await this.settings.positions?.initialise(this.kafka, this.settings.topics);
      await consumer.connect();
      await consumer.subscribe({
        topics: this.settings.topics,
        fromBeginning: this.settings.positions === undefined,
      });
      await consumer.run({
        autoCommit: this.settings.positions === undefined,
        autoCommitInterval: 1_000,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: this.settings.partitionsAtOnce,
        eachBatch: (payload) => this.runner.runBatch(payload),
      });
      await lost.promise;
    } finally {
      lost.cancel();
      // Not awaited without limit: a consumer that hangs must not keep the next one from starting.
      await Promise.race([consumer.disconnect(), delay(10_000, undefined, { ref: false })]);
    }
  }

  private untilLost(consumer: Consumer): { promise: Promise<void>; cancel: () => void } {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // It may reject before somebody waits for it, while the consumer is still connecting.
    promise.catch(() => undefined);
    let lastSign = steadyNow();
    const sign = () => (lastSign = steadyNow());
    const { events } = consumer;
    consumer.on(events.FETCH, () => (this.polledAt = sign()));
    consumer.on(events.HEARTBEAT, sign);
    consumer.on(events.GROUP_JOIN, (event) => {
      sign();
      this.joined(consumer, event);
    });
    consumer.on(events.CRASH, ({ payload }: ConsumerCrashEvent) => reject(payload.error));
    // A crash reports its reason right after this; a disconnection without one is a loss all the same.
    consumer.on(events.DISCONNECT, () => {
      setTimeout(() => reject(new Error('the consumer was disconnected')), 50).unref();
    });
    const silence = setInterval(() => {
      if (steadyNow() - lastSign > silenceMs)
        reject(new Error(`no sign of the consumer for ${silenceMs} ms`));
    }, 5_000);
    silence.unref();
    const onStop = () => resolve();
    this.stopping.signal.addEventListener('abort', onStop);
    const cancel = () => {
      clearInterval(silence);
      this.stopping.signal.removeEventListener('abort', onStop);
    };
    return { promise, cancel };
  }

  private joined(consumer: Consumer, { payload }: ConsumerGroupJoinEvent): void {
    this.failures = 0;
    this.current = 'up';
    this.runner.forget();
    for (const place of this.settings.positions?.of(payload.memberAssignment) ?? []) consumer.seek(place);
  }
}

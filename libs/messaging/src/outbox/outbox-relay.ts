import { Logger } from '@nestjs/common';
import { steadyNow } from '@registrar/service';
import { setTimeout as delay } from 'node:timers/promises';
import type { BatchProducer, ConnectionState } from '../kafka/event-producer.ts';
import { BacklogReads } from './backlog-reads.ts';
import { aggregateOf, type OutboxEntry } from './outbox-entry.ts';
import { OutboxQueue } from './outbox-queue.ts';
import { OutboxRemovals } from './outbox-removals.ts';
import type { Outbox } from './outbox-store.ts';
import * as metrics from './outbox.metrics.ts';
import { fillBatch, messagesOf, type BatchLimits } from './publish-batch.ts';
import { PublishSpans } from './publish-spans.ts';
import { PublishedMemory } from './published-memory.ts';

/** Limits of a relay. */
interface RelayOptions {
  /** Put before every topic name. */
  topicPrefix: string;
  /** Events that may wait in memory; beyond it commits are left to the sweeper. 20,000. */
  maxWaiting?: number;
  /** The most that one send carries: 500 events, 512 KiB. */
  batch?: BatchLimits;
  /** How long `close` waits for what is queued; 5,000 ms. */
  drainMs?: number;
}

const firstBackoffMs = 50;
const maxBackoffMs = 1_000;

/**
 * Publishes what is committed, from the outbox to Kafka.
 *
 * Guarantee: every committed event is published at least once, copies byte-equal under the same id, and the
 * first copies of one aggregate in the order of their sequence, whichever instances publish: an entry goes only
 * after everything before it was acknowledged or goes in the same send. One send is in flight at a time.
 * Sequences may have gaps; they must be given by the store, so that a lower one is never committed after a higher
 * one. Where that is broken all the same, the late entry is sent late, and none is deleted that was not sent.
 * Failure: never reaches the caller. While Kafka is away it tries again and again, with at most 1 s between;
 * what this process cannot finish stays in the table for the sweeper of any instance.
 */
export class OutboxRelay {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly queues = new Map<string, OutboxQueue>();
  private readonly sendable = new Set<string>();
  private readonly published = new PublishedMemory();
  /** When a commit was handed over. Of what was found in the table only the moment before its commit is known. */
  private readonly committedAt = new WeakMap<OutboxEntry, number>();
  /** Aggregates with a longer backlog than was read, and up to which sequence. */
  private readonly unread = new Map<string, number>();
  private readonly backlogReads: BacklogReads;
  private readonly removals: OutboxRemovals;
  private readonly limits: BatchLimits;
  private waiting = 0;
  private failures = 0;
  private pump: Promise<void> | undefined;
  private closing = false;

  constructor(
    store: Outbox,
    private readonly producer: BatchProducer,
    private readonly options: RelayOptions,
  ) {
    this.limits = options.batch ?? { events: 500, bytes: 524_288 };
    this.removals = new OutboxRemovals(store);
    this.backlogReads = new BacklogReads(store, (aggregate, upTo, found) => {
      for (const entry of found.entries) this.take(entry);
      if (found.complete) this.unread.delete(aggregate);
      else this.unread.set(aggregate, upTo);
      const queue = this.queueOf(aggregate);
      queue.clear(found.complete ? upTo + 1 : (found.entries.at(-1)?.sequence ?? 0));
      this.schedule(aggregate, queue);
    });
  }

  /** How the connection to Kafka stands. */
  get state(): ConnectionState {
    return this.producer.state;
  }

  /** Events that wait in memory. */
  get waitingEvents(): number {
    return this.waiting;
  }

  /** Takes over what was just committed; returns at once and never throws. */
  publish(entry: OutboxEntry): void {
    if (this.closing || this.waiting + entry.events.length > (this.options.maxWaiting ?? 20_000)) {
      metrics.droppedHandOvers.inc();
      return;
    }
    this.committedAt.set(entry, steadyNow());
    this.take(entry);
    const aggregate = aggregateOf(entry);
    this.schedule(aggregate, this.queueOf(aggregate));
  }

  /** Publishes what stayed behind of an aggregate, up to a sequence that is known to be committed. */
  recover(aggregate: string, sequence: number): void {
    const full = this.waiting >= (this.options.maxWaiting ?? 20_000);
    if (!this.closing && !full) this.backlogReads.start(aggregate, sequence);
  }

  /** Waits for what is queued, bounded, then lets go of Kafka; the rest stays in the table. */
  async close(): Promise<void> {
    const drainMs = this.options.drainMs ?? 5_000;
    const deadline = steadyNow() + drainMs;
    while (this.waiting > 0 && this.failures === 0 && steadyNow() < deadline) await delay(10);
    this.closing = true;
    this.backlogReads.stop();
    // A send that hangs is not waited for: what it carries is in the table.
    await Promise.race([this.pump, delay(drainMs, undefined, { ref: false })]);
    await this.removals.finish();
    await this.producer.close();
  }

  private queueOf(aggregate: string): OutboxQueue {
    let queue = this.queues.get(aggregate);
    if (!queue) {
      queue = new OutboxQueue();
      queue.clear((this.published.get(aggregate) ?? 0) + 1);
      this.queues.set(aggregate, queue);
    }
    return queue;
  }

  private take(entry: OutboxEntry): void {
    const aggregate = aggregateOf(entry);
    // Its number alone does not say that it was sent: only what was acknowledged itself is deleted without a send.
    if (this.published.has(aggregate, entry.sequence)) {
      this.removals.enqueueRemoval({ aggregate, sequence: entry.sequence });
    } else if (this.queueOf(aggregate).insertEntry(entry)) {
      this.count(entry.events.length);
    }
  }

  private schedule(aggregate: string, queue: OutboxQueue): void {
    if (queue.isEmpty) {
      this.queues.delete(aggregate);
      const unread = this.unread.get(aggregate);
      if (unread !== undefined) this.backlogReads.start(aggregate, unread);
      return;
    }
    const unclear = queue.firstUnclear();
    if (unclear !== undefined) this.backlogReads.start(aggregate, unclear - 1);
    if (queue.ready().length === 0) return;
    this.sendable.add(aggregate);
    this.startPump();
  }

  private startPump(): void {
    this.pump ??= this.run().finally(() => {
      this.pump = undefined;
      // Something may have come in between the last look and here.
      if (this.sendable.size > 0 && !this.closing) this.startPump();
    });
  }

  private async run(): Promise<void> {
    await endOfTurn();
    while (this.sendable.size > 0 && !this.closing) {
      const batch = this.nextBatch();
      const spans = PublishSpans.begin(batch);
      const traceparentOf = spans && ((eventId: string) => spans.traceparentOf(eventId));
      try {
        await this.producer.sendBatch(messagesOf(batch, this.options.topicPrefix, traceparentOf));
        spans?.end();
        this.acknowledged(batch);
      } catch (error) {
        spans?.end(error);
        await this.failed(batch, error);
      }
    }
  }

  /** After a failure one queue goes at a time, so that one that Kafka refuses does not hold up the others. */
  private nextBatch(): OutboxEntry[] {
    const queues = [...this.sendable].map((aggregate) => this.queueOf(aggregate).ready());
    return fillBatch(this.failures > 0 ? queues.slice(0, 1) : queues, this.limits);
  }

  private acknowledged(batch: OutboxEntry[]): void {
    const now = steadyNow();
    this.failures = 0;
    const sent = Map.groupBy(batch, aggregateOf);
    for (const [aggregate, entries] of sent) {
      this.queueOf(aggregate).published(entries);
      for (const entry of entries) this.noted(aggregate, entry, now);
    }
    for (const aggregate of sent.keys()) {
      this.sendable.delete(aggregate);
      this.schedule(aggregate, this.queueOf(aggregate));
    }
  }

  private noted(aggregate: string, entry: OutboxEntry, now: number): void {
    this.published.addAcknowledged(aggregate, entry);
    this.removals.enqueueRemoval({ aggregate, sequence: entry.sequence });
    this.count(-entry.events.length);
    metrics.publishedEvents.inc({ topic: entry.topic }, entry.events.length);
    const since = this.committedAt.get(entry) ?? entry.createdAt;
    metrics.publishSeconds.observe({ topic: entry.topic }, Math.max(0, now - since) / 1_000);
  }

  private async failed(batch: OutboxEntry[], error: unknown): Promise<void> {
    this.failures += 1;
    metrics.publishFailures.inc();
    if (this.failures === 1) this.logger.warn({ err: error }, 'Kafka took no events');
    for (const aggregate of new Set(batch.map(aggregateOf))) {
      this.sendable.delete(aggregate);
      this.sendable.add(aggregate);
    }
    const limit = Math.min(maxBackoffMs, firstBackoffMs * 2 ** (this.failures - 1));
    await delay(limit / 2 + (Math.random() * limit) / 2);
  }

  private count(change: number): void {
    this.waiting += change;
    metrics.waitingEvents.set(this.waiting);
  }
}

/**
 * Lets the commits that end in this turn of the event loop share a send, and what their callers do next, such as
 * telling a cache before they answer, go out first: a send takes a while to make up.
 */
function endOfTurn(): Promise<void> {
  return new Promise((resolve) => process.nextTick(setImmediate, resolve));
}

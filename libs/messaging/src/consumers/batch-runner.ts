import { PeriodicTask } from '@registrar/async';
import type { EachBatchPayload } from 'kafkajs';
import { readShared } from '../events/shared-reads.ts';
import { ConsumerLag } from './consumer-lag.ts';
import type { EventHandlers } from './event-handlers.ts';
import { forEachByKey } from './for-each-by-key.ts';
import type { Incoming, MessageHandling } from './message-handling.ts';
import { PartitionProgress } from './partition-progress.ts';

const heartbeatEveryMs = 1_000;

/** The settings of a batch runner's group. */
interface BatchSettings {
  topicPrefix: string;
  /** Label of the lag metric. */
  group: string;
  /** Called when a partition moves on, with the next offset to read. */
  moved: (topic: string, partition: number, nextOffset: string) => void;
}

/**
 * Works on batches of messages: several keys at a time, with heartbeats, and with the offset moving only over what is done.
 *
 * A message that must be tried again pauses its partition, and no other, until its time has come; what its batch
 * did beyond it is remembered and not repeated.
 */
export class BatchRunner {
  private progress = new Map<string, PartitionProgress>();
  private readonly lag: ConsumerLag;

  constructor(
    private readonly handlers: EventHandlers,
    private readonly handling: MessageHandling,
    private readonly settings: BatchSettings,
  ) {
    this.lag = new ConsumerLag(settings.group);
  }

  /** Forgets what was done beyond the committed offsets: after a rebalance others may have moved them. */
  forget(): void {
    this.progress = new Map();
    this.lag.forget();
  }

  async runBatch(payload: EachBatchPayload): Promise<void> {
    const { topic, partition, messages } = payload.batch;
    const progress = this.progressOf(topic, partition);
    const all = this.read(payload);
    const offsets = messages.map(({ offset }) => offset);
    const alive = new Heartbeats(payload.heartbeat);
    const goesOn = () => payload.isRunning() && !payload.isStale() && alive.failure === undefined;
    let retryMs: number | undefined;
    let blocked = false;
    const work = async (incoming: Incoming): Promise<boolean> => {
      if (blocked || !goesOn()) return false;
      const { offset } = incoming.message;
      const outcome = await this.handling.handle(incoming, progress.triesOf(offset), payload.heartbeat);
      if (outcome.settled) {
        progress.complete(offset);
        this.move(payload, progress, offsets);
        return true;
      }
      progress.failed(offset, outcome.infrastructure);
      blocked ||= outcome.infrastructure;
      retryMs = Math.min(retryMs ?? Infinity, outcome.retryMs);
      return false;
    };
    try {
      const pending = all.filter(({ message }) => !progress.isHandled(message.offset));
      await forEachByKey(
        pending,
        (each) => this.keyOf(each),
        this.handlers.concurrencyOf(this.logical(topic)),
        work,
      );
      this.move(payload, progress, offsets);
    } finally {
      void alive.stop();
    }
    if (retryMs !== undefined) setTimeout(payload.pause(), retryMs).unref();
    if (alive.failure !== undefined) throw alive.failure;
  }

  private logical(topic: string): string {
    return topic.slice(this.settings.topicPrefix.length);
  }

  private keyOf({ read, message }: Incoming): string {
    const key = message.key?.toString() ?? '';
    return read.kind === 'event' ? this.handlers.concurrencyKeyOf(read.event, key) : key;
  }

  private read({ batch: { topic, partition, messages, highWatermark } }: EachBatchPayload): Incoming[] {
    const logicalTopic = this.logical(topic);
    const definitions = this.handlers.definitionsOf(logicalTopic);
    const first = messages[0]?.offset ?? highWatermark;
    this.lag.set(logicalTopic, partition, { end: highWatermark, next: first });
    return messages.map((message) => {
      const { offset, value } = message;
      const read = readShared({ topic, partition, offset, value }, definitions);
      return { message, read, topic, logicalTopic, partition };
    });
  }

  /** `offsets` loses what is passed, so that each is looked at once. */
  private move(payload: EachBatchPayload, progress: PartitionProgress, offsets: string[]): void {
    const { topic, partition } = payload.batch;
    const last = progress.pass(offsets);
    if (last === undefined) return;
    offsets.splice(0, offsets.indexOf(last) + 1);
    payload.resolveOffset(last);
    const next = String(BigInt(last) + 1n);
    this.lag.set(this.logical(topic), partition, { end: payload.batch.highWatermark, next });
    this.settings.moved(topic, partition, next);
  }

  private progressOf(topic: string, partition: number): PartitionProgress {
    const name = `${topic}|${partition}`;
    const known = this.progress.get(name);
    if (known) return known;
    const made = new PartitionProgress();
    this.progress.set(name, made);
    return made;
  }
}

/** Beats every second while a batch is worked on; a failed beat (a rebalance) is kept for the end of the batch. */
class Heartbeats {
  failure: Error | undefined;
  private readonly task: PeriodicTask;

  constructor(beat: () => Promise<void>) {
    const onError = (error: unknown) => {
      this.failure ??= error instanceof Error ? error : new Error(String(error));
    };
    this.task = new PeriodicTask(beat, {
      everyMs: heartbeatEveryMs,
      firstAfterMs: heartbeatEveryMs,
      onError,
    });
    this.task.start();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }
}

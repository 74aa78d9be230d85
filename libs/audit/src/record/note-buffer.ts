import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { retryWithBackoff } from '@registrar/async';
import type { AuditEventData } from '@registrar/contracts-gateway';
import type { CloudEvent } from '@registrar/messaging';
import { droppedRecords } from './audit.metrics.ts';

type Note = CloudEvent<AuditEventData>;

/** Writes notes together. */
type WriteNotes = (notes: readonly [Note, ...Note[]]) => Promise<void>;

/** Bounds of a buffer. */
export interface BufferBounds {
  /** For the metric. */
  kind: string;
  /** Notes that may wait; more are dropped and counted. */
  maxWaiting: number;
  /** Least time between two writes, ms: bounds what a flood costs the store. */
  pauseMs: number;
}

const perWrite = 50;
const backoff = { firstMs: 100, maxMs: 2_000 };

/**
 * Notes that are written beside the answers they belong to, many at a time, one write after the other.
 *
 * Guarantee: a note is written as soon as the write before it has ended; while the store is away it waits. Lost are
 * those beyond the bound, which are counted, and those that wait when the process dies.
 */
export class NoteBuffer {
  private readonly logger = new Logger(NoteBuffer.name);
  private waiting: Note[] = [];
  private pump: Promise<void> | undefined;
  private closing = false;

  constructor(
    private readonly write: WriteNotes,
    private readonly bounds: BufferBounds,
  ) {}

  /** Takes a note; returns at once and never throws. */
  addNote(note: Note): void {
    if (this.waiting.length >= this.bounds.maxWaiting) {
      droppedRecords.inc({ kind: this.bounds.kind });
      return;
    }
    this.waiting.push(note);
    this.pump ??= this.run().finally(() => (this.pump = undefined));
  }

  /** Writes what waits, without a second try for what the store does not take. */
  async close(): Promise<void> {
    this.closing = true;
    await this.pump;
  }

  private async run(): Promise<void> {
    // Those of the same turn go together.
    await Promise.resolve();
    for (;;) {
      const [first, ...others] = this.waiting.slice(0, perWrite);
      if (!first) return;
      await this.writeWhole([first, ...others]);
      this.waiting = this.waiting.slice(1 + others.length);
      if (this.bounds.pauseMs > 0 && !this.closing) await delay(this.bounds.pauseMs);
    }
  }

  private async writeWhole(notes: readonly [Note, ...Note[]]): Promise<void> {
    try {
      await retryWithBackoff(() => this.write(notes), {
        backoff,
        isRetryable: () => !this.closing,
        onRetry: (error) => this.logger.warn({ err: error }, 'audit records wait for the store'),
      });
    } catch (error) {
      droppedRecords.inc({ kind: this.bounds.kind }, notes.length);
      this.logger.error({ err: error, count: notes.length }, 'audit records are lost');
    }
  }
}

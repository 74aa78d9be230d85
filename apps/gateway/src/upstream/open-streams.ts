import { Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import { overloaded } from '@registrar/service';
import { Revocations } from '../revocations/revocations.ts';

const maxStreams = 10_000;
const longestTimerMs = 2_147_483_647;

interface OpenStream {
  identity: Identity | undefined;
  end: () => void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The streams that pass through this instance.
 *
 * Guarantee: a stream of a signed-in caller ends when its token does, by time or by revocation; all end when
 * this instance stops, so that clients come back to another one. Failure: Problem 503 beyond 10,000 of them.
 */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly streams = new Set<OpenStream>();

  constructor(private readonly revocations: Revocations) {
    revocations.onRevoked(() => this.endRevoked());
  }

  get size(): number {
    return this.streams.size;
  }

  /** @throws Problem 503 where there are too many */
  admit(): void {
    if (this.streams.size >= maxStreams) throw overloaded();
  }

  /** Watches over a stream; the returned function is called when it is over. */
  add(identity: Identity | undefined, end: () => void): () => void {
    const stream: OpenStream = { identity, end, timer: undefined };
    if (identity) {
      const leftMs = Math.min(longestTimerMs, identity.expiresAt * 1_000 - Date.now());
      stream.timer = setTimeout(end, leftMs).unref();
    }
    this.streams.add(stream);
    return () => {
      clearTimeout(stream.timer);
      this.streams.delete(stream);
    };
  }

  beforeApplicationShutdown(): void {
    for (const { end } of [...this.streams]) end();
  }

  private endRevoked(): void {
    for (const { identity, end } of [...this.streams]) {
      if (identity && this.revocations.has(identity)) end();
    }
  }
}

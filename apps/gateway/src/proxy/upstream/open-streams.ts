import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Identity } from '@registrar/auth';
import { CONFIG, StreamLimiter, overloaded } from '@registrar/service';
import { FairPlaces } from '../admission/fair-places.ts';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { Revocations } from '../../identity/index.ts';

const longestTimerMs = 2_147_483_647;
const overloadedRetrySeconds = 2;

/**
 * What a stream is of: shared seats of one course for anonymous and for signed-in callers, seats of courses that the
 * client selects, what is passed through to a service that does not share it, and notifications. Each kind has places of its own, so that none can fill another's.
 */
export type StreamKind = 'anonymous' | 'signed-in' | 'selected' | 'passed' | 'notifications';

/** Whose stream it is, and of which kind. */
export interface StreamOwner {
  readonly kind: StreamKind;
  readonly identity: Identity | undefined;
  /** The group of the client's address. */
  readonly group: string;
}

interface OpenStream {
  identity: Identity | undefined;
  end: () => void;
  timer: NodeJS.Timeout | undefined;
}

type StreamConfig = Pick<
  GatewayConfig,
  | 'LIVE_STREAMS_ANONYMOUS'
  | 'LIVE_STREAMS_SIGNED_IN'
  | 'LIVE_STREAMS_SELECTED'
  | 'LIVE_STREAMS_PASSED'
  | 'NOTIFICATION_STREAMS'
  | 'LIVE_STREAMS_PER_USER'
  | 'LIVE_STREAMS_PER_ADDRESS'
>;

/**
 * The streams that pass through this instance.
 *
 * Guarantee: the places of a kind are shared fairly by address; a stream of a signed-in caller ends when its token
 * does, by time or by revocation; all end when this instance stops, so that clients come back to another one.
 * Failure: Problem 429 `too_many_streams` for a user or an address that has its share, 503 `overloaded` where each
 * place of a kind is taken by an address that has no other.
 */
@Injectable()
export class OpenStreams implements BeforeApplicationShutdown {
  private readonly streams = new Set<OpenStream>();
  private readonly places: Readonly<Record<StreamKind, FairPlaces>>;
  private readonly seats: StreamLimiter;
  private readonly notifications: StreamLimiter;

  constructor(
    @Inject(CONFIG) config: StreamConfig,
    private readonly revocations: Revocations,
  ) {
    this.places = {
      anonymous: new FairPlaces(config.LIVE_STREAMS_ANONYMOUS),
      'signed-in': new FairPlaces(config.LIVE_STREAMS_SIGNED_IN),
      selected: new FairPlaces(config.LIVE_STREAMS_SELECTED),
      passed: new FairPlaces(config.LIVE_STREAMS_PASSED),
      notifications: new FairPlaces(config.NOTIFICATION_STREAMS),
    };
    const limits = {
      perUser: config.LIVE_STREAMS_PER_USER,
      perAddress: config.LIVE_STREAMS_PER_ADDRESS,
      tooManyDetail: 'You have too many live streams open. Close one first.',
      overloadedRetrySeconds,
    };
    this.seats = new StreamLimiter(limits);
    this.notifications = new StreamLimiter(limits);
    revocations.onRevoked(() => this.endRevoked());
  }

  get size(): number {
    return this.streams.size;
  }

  /**
   * Admits a stream, and watches over it.
   *
   * @param end called when it must end: its token did, its place goes to another address, or this instance stops
   * @returns to be called when it is over, once or more often
   */
  enter(owner: StreamOwner, end: () => void): () => void {
    const { kind, identity, group } = owner;
    // Seats are seats, however they are requested.
    const limiter = kind === 'notifications' ? this.notifications : this.seats;
    const release = limiter.admit({ userId: identity?.id, address: group });
    const leave = this.places[kind].enter(group, end);
    if (typeof leave === 'string') {
      release();
      throw leave === 'share' ? limiter.tooManyStreams() : overloaded(overloadedRetrySeconds);
    }
    const stream = this.watch(identity, end);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      leave();
      clearTimeout(stream.timer);
      this.streams.delete(stream);
      release();
    };
  }

  beforeApplicationShutdown(): void {
    for (const { end } of [...this.streams]) end();
  }

  private watch(identity: Identity | undefined, end: () => void): OpenStream {
    const stream: OpenStream = { identity, end, timer: undefined };
    if (identity) {
      const leftMs = Math.min(longestTimerMs, identity.expiresAt * 1_000 - Date.now());
      stream.timer = setTimeout(end, leftMs).unref();
    }
    this.streams.add(stream);
    return stream;
  }

  private endRevoked(): void {
    for (const { identity, end } of [...this.streams]) {
      if (identity && this.revocations.has(identity)) end();
    }
  }
}

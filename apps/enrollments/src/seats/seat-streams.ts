import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, Problem, overloaded } from '@registrar/service';
import type { StreamSink } from '@registrar/service';
import type { EnrollmentsConfig } from '../enrollments.config.ts';
import { SeatChannel } from './seat-channel.ts';
import { SeatsBoard } from './seats-board.ts';
import type { HeldSeats } from './seats-board.ts';
import { openSeatStreams } from './seats.metrics.ts';

/** How often seats that are streamed are looked at while Kafka does not answer, ms: a change shows within a second. */
const lookMs = 500;

/** Who opens a stream, as far as it is bounded: nobody in particular where the gateway asks for all its clients. */
export interface StreamClient {
  userId?: string | undefined;
  address?: string | undefined;
}

/**
 * The live streams of seats that are open on this instance.
 *
 * Guarantee: a stream shows every last state within a second of its commit, also while Kafka is away.
 * Failure: over its bounds `admit` throws 429 `too_many_streams` (a user's or an address's) or 503 `overloaded`.
 */
@Injectable()
export class SeatStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SeatStreams.name);
  private readonly channels = new Map<string, SeatChannel>();
  private readonly clients = new Map<string, number>();
  private readonly timers: NodeJS.Timeout[] = [];
  private count = 0;
  private closing = false;

  constructor(
    private readonly board: SeatsBoard,
    @Inject(CONFIG) private readonly config: EnrollmentsConfig,
  ) {
    board.onChange((held) => this.channels.get(held.state.courseId)?.send(seatsEvent(held)));
  }

  onApplicationBootstrap(): void {
    const beat = () => {
      for (const channel of this.channels.values()) channel.beat();
      void this.look();
    };
    const look = () => {
      if (!this.board.isHearing) void this.look();
    };
    this.timers.push(setInterval(beat, this.config.SEAT_STREAM_HEARTBEAT_MS), setInterval(look, lookMs));
  }

  /** Counts one more stream of a client; the returned function, called once or more, takes it off again. */
  admit({ userId, address }: StreamClient): () => void {
    if (this.closing || this.count >= this.config.SEAT_STREAMS_PER_INSTANCE) throw overloaded(2);
    const client = userId ?? address;
    const limit =
      userId === undefined ? this.config.SEAT_STREAMS_PER_ADDRESS : this.config.SEAT_STREAMS_PER_USER;
    if (client !== undefined && (this.clients.get(client) ?? 0) >= limit) throw tooManyStreams();
    this.counted(client, 1);
    let isOver = false;
    return () => {
      if (!isOver) this.counted(client, -1);
      isOver = true;
    };
  }

  /** Opens a stream that was admitted, with the seats as they are now; the returned function ends it. */
  open(held: HeldSeats, sink: StreamSink): () => void {
    const { courseId } = held.state;
    const channel = this.channels.get(courseId) ?? new SeatChannel();
    this.channels.set(courseId, channel);
    channel.add(sink, seatsEvent(held));
    return () => {
      channel.delete(sink);
      if (channel.size === 0 && this.channels.get(courseId) === channel) this.channels.delete(courseId);
    };
  }

  /** Tells every client when to come back, and ends its stream: an open one would hold up the shutdown. */
  beforeApplicationShutdown(): void {
    this.closing = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const channel of [...this.channels.values()]) channel.end(() => 1_000 + Math.random() * 2_000);
  }

  private async look(): Promise<void> {
    try {
      await this.board.refresh([...this.channels.keys()]);
    } catch (error) {
      this.logger.warn({ err: error }, 'streamed seats could not be read', SeatStreams.name);
    }
  }

  private counted(client: string | undefined, change: number): void {
    this.count += change;
    openSeatStreams.set(this.count);
    if (client === undefined) return;
    const open = (this.clients.get(client) ?? 0) + change;
    if (open > 0) this.clients.set(client, open);
    else this.clients.delete(client);
  }
}

function seatsEvent({ state, body }: HeldSeats): string {
  return `event: seats\nid: ${state.sequence + state.courseVersion}\ndata: ${body.bytes.toString()}\n\n`;
}

function tooManyStreams(): Problem {
  const detail = 'You have too many streams of seats open. Close one first.';
  return new Problem(429, 'too_many_streams', detail, { headers: { 'retry-after': '5' } });
}

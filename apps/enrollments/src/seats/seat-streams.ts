import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { CONFIG, StreamLimiter, eventBlock, reconnectAfterMs } from '@registrar/service';
import type { StreamClient, StreamSink } from '@registrar/service';
import type { EnrollmentsConfig } from '../enrollments.config.ts';
import { SeatChannels } from './seat-channels.ts';
import { SeatsBoard } from './seats-board.ts';
import type { HeldSeats } from './seats-board.ts';
import { openSeatStreams } from './seats.metrics.ts';

/** Pause between reads of the seats that are streamed while Kafka does not answer, ms: a change shows within a second. */
const refreshMs = 500;

/**
 * The live streams of seats that are open on this instance.
 *
 * Guarantee: a stream shows every last state within a second of its commit, also while Kafka is away.
 * Failure: over its bounds `admit` throws 429 `too_many_streams` (a user's or an address's) or 503 `overloaded`.
 */
@Injectable()
export class SeatStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SeatStreams.name);
  private readonly channels = new SeatChannels();
  private readonly limiter: StreamLimiter;
  private readonly tasks: PeriodicTask[];

  constructor(
    private readonly board: SeatsBoard,
    @Inject(CONFIG) config: EnrollmentsConfig,
  ) {
    const limits = {
      perInstance: config.SEAT_STREAMS_PER_INSTANCE,
      perUser: config.SEAT_STREAMS_PER_USER,
      perAddress: config.SEAT_STREAMS_PER_ADDRESS,
      tooManyDetail: 'You have too many streams of seats open. Close one first.',
      overloadedRetrySeconds: 2,
    };
    this.limiter = new StreamLimiter(limits, (open) => openSeatStreams.set(open));
    this.tasks = [
      this.repeat(() => this.writeHeartbeats(), config.SEAT_STREAM_HEARTBEAT_MS),
      this.repeat(() => (board.isNotified ? undefined : this.refresh()), refreshMs),
    ];
    board.onChange((held) => {
      const { courseId } = held.state;
      const channels = this.channels.of(courseId);
      if (channels.size === 0) return;
      const event = seatsEvent(held);
      for (const channel of channels) channel.broadcast(event, courseId);
    });
  }

  onApplicationBootstrap(): void {
    for (const task of this.tasks) task.start();
  }

  /** Counts one more stream of a client; the returned function, called once or more, takes it off again. */
  admit(client: StreamClient): () => void {
    return this.limiter.admit(client);
  }

  /**
   * Opens a stream that was admitted, of one course or of several, with the seats as they are now; the returned
   * function ends it.
   */
  open(held: readonly HeldSeats[], sink: StreamSink): () => void {
    const courseIds = held.map(({ state }) => state.courseId);
    const channel = this.channels.join(courseIds);
    channel.addStream(sink, held.map(seatsEvent).join(''));
    return () => {
      channel.delete(sink);
      if (channel.size === 0) this.channels.delete(channel);
    };
  }

  /** Tells every client when to come back, and ends its stream: an open one would hold up the shutdown. */
  beforeApplicationShutdown(): void {
    this.limiter.close();
    for (const task of this.tasks) void task.stop();
    for (const channel of this.channels.all()) channel.end(reconnectAfterMs);
  }

  private writeHeartbeats(): Promise<void> {
    for (const channel of this.channels.all()) channel.writeHeartbeat();
    return this.refresh();
  }

  private refresh(): Promise<void> {
    return this.board.refresh(this.channels.courseIds());
  }

  private repeat(work: () => unknown, everyMs: number): PeriodicTask {
    const onError = (error: unknown) => this.logger.warn({ err: error }, 'streamed seats could not be read');
    return new PeriodicTask(work, { everyMs, firstAfterMs: everyMs, onError });
  }
}

function seatsEvent({ version, body }: HeldSeats): string {
  return eventBlock('seats', version, body.bytes.toString());
}

import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call, EventRequest } from '@registrar/endpoint';
import { OwnSeatsService } from './own-seats.service.ts';
import { SeatStreams } from './seat-streams.ts';
import { SeatsBoard } from './seats-board.ts';
import type { HeldSeats } from './seats-board.ts';

/** The seats of courses, now or as they change. */
@Controller()
export class SeatsController {
  constructor(
    private readonly board: SeatsBoard,
    private readonly streams: SeatStreams,
    private readonly own: OwnSeatsService,
  ) {}

  @Endpoint(routes.getSeats)
  async seats({ params, user, events }: Call<typeof routes.getSeats>) {
    if (!events) return this.board.get(params.id);
    return this.stream(events, user?.id, async () => [await this.board.get(params.id)]);
  }

  @Endpoint(routes.getOwnSeats)
  ownSeats({ params, user }: Call<typeof routes.getOwnSeats>) {
    return this.own.of(user.id, params.id);
  }

  @Endpoint(routes.streamSeats)
  async streamOfSeats({ query, user, events }: Call<typeof routes.streamSeats>) {
    if (events) await this.stream(events, user?.id, () => this.board.getAll(query.courseIds));
  }

  private async stream(
    events: EventRequest,
    userId: string | undefined,
    read: () => Promise<HeldSeats[]>,
  ): Promise<void> {
    const release = this.streams.admit({ userId, address: events.forwardedFor });
    try {
      const held = await read();
      const sink = events.begin();
      if (!sink) return release();
      const end = this.streams.open(held, sink);
      events.onClose(() => {
        end();
        release();
      });
    } catch (error) {
      release();
      throw error;
    }
  }
}

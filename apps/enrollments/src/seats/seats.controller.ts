import { Controller } from '@nestjs/common';
import { enrollmentRoutes as routes } from '@registrar/contracts-enrollments';
import { Endpoint } from '@registrar/endpoint';
import type { Call } from '@registrar/endpoint';
import { SeatStreams } from './seat-streams.ts';
import { SeatsBoard } from './seats-board.ts';

/** The seats of a course, now or as they change. */
@Controller()
export class SeatsController {
  constructor(
    private readonly board: SeatsBoard,
    private readonly streams: SeatStreams,
  ) {}

  @Endpoint(routes.getSeats)
  async seats({ params, user, events }: Call<typeof routes.getSeats>) {
    if (!events) return this.board.get(params.id);
    const release = this.streams.admit({ userId: user?.id, address: events.forwardedFor });
    try {
      const held = await this.board.get(params.id);
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

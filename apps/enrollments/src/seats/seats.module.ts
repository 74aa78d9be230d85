import { Module } from '@nestjs/common';
import { SeatStreams } from './seat-streams.ts';
import { SeatsBoard } from './seats-board.ts';
import { SeatsConsumer } from './seats.consumer.ts';
import { SeatsController } from './seats.controller.ts';
import { SeatsRepository } from './seats.repository.ts';

/** How full courses are, at once and as a stream. */
@Module({
  controllers: [SeatsController, SeatsConsumer],
  providers: [SeatStreams, SeatsBoard, SeatsRepository],
  exports: [SeatsRepository],
})
export class SeatsModule {}

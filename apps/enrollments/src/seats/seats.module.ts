import { Module } from '@nestjs/common';
import { EnrollmentModule } from '../enrollment/enrollment.module.ts';
import { OwnSeatsService } from './own-seats.service.ts';
import { SeatStreams } from './seat-streams.ts';
import { SeatsBoard } from './seats-board.ts';
import { SeatsConsumer } from './seats.consumer.ts';
import { SeatsController } from './seats.controller.ts';
import { SeatsRepository } from './seats.repository.ts';

/** How full courses are, at once and as a stream. */
@Module({
  imports: [EnrollmentModule],
  controllers: [SeatsController, SeatsConsumer],
  providers: [OwnSeatsService, SeatStreams, SeatsBoard, SeatsRepository],
  exports: [SeatsRepository],
})
export class SeatsModule {}

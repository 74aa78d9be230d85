import { Module } from '@nestjs/common';
import { AttemptRepository } from './attempt.repository.ts';
import { Guesses } from './guesses.ts';

/** Counts of wrong passwords and of mails that were asked for. */
@Module({
  providers: [AttemptRepository, Guesses],
  exports: [AttemptRepository, Guesses],
})
export class AttemptsModule {}

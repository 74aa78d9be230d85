import { Module } from '@nestjs/common';
import { AttemptRepository } from './attempt.repository.ts';

/** Counts of what failed, by account and address. */
@Module({ providers: [AttemptRepository], exports: [AttemptRepository] })
export class AttemptsModule {}

import { Module } from '@nestjs/common';
import { HistoryReader } from './history.reader.ts';

/** Whole histories of enrollments. */
@Module({ providers: [HistoryReader], exports: [HistoryReader] })
export class HistoryModule {}

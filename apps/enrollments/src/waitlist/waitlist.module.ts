import { Module } from '@nestjs/common';
import { WaitlistRanks } from './waitlist-ranks.ts';

/** Positions on waitlists. */
@Module({ providers: [WaitlistRanks], exports: [WaitlistRanks] })
export class WaitlistModule {}

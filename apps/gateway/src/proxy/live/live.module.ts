import { Module } from '@nestjs/common';
import { UpstreamModule } from '../upstream/upstream.module.ts';
import { SharedStreams } from './shared-streams.ts';

/** One stream of a service for all who listen to it. */
@Module({ imports: [UpstreamModule], providers: [SharedStreams], exports: [SharedStreams] })
export class LiveModule {}

import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/index.ts';
import { OpenStreams } from './open-streams.ts';
import { Upstreams } from './upstreams.ts';

/** The services behind the gateway, and the streams that come from them. */
@Module({
  imports: [IdentityModule],
  providers: [OpenStreams, Upstreams],
  exports: [OpenStreams, Upstreams],
})
export class UpstreamModule {}

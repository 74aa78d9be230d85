import { Module } from '@nestjs/common';
import { TokenVerifier } from '@registrar/auth';
import { IdentityModule } from '../identity/identity.module.ts';
import { ClientOrigin } from './admission/client-origin.ts';
import { Cors } from './admission/cors.ts';
import { LoadShedder } from './admission/load-shedder.ts';
import { RateLimits } from './admission/rate-limits.ts';
import { SharedBuckets } from './admission/shared-buckets.ts';
import { CatalogueEventsController } from './edge/catalogue-events.controller.ts';
import { EdgeCache } from './edge/edge-cache.ts';
import { RevocableVerifier } from '../identity/revocations/revocable-verifier.ts';
import { RevocationsModule } from '../identity/revocations/revocations.module.ts';
import { SharedStreams } from './live/shared-streams.ts';
import { OpenStreams } from './upstream/open-streams.ts';
import { Upstreams } from './upstream/upstreams.ts';
import { ConnectionDrain } from './front/connection-drain.ts';
import { Forwarder } from './front/forwarder.ts';
import { FrontDoor } from './front/front-door.ts';
import { FrontMetrics } from './front/front-metrics.ts';
import { RequestBodies } from './front/request-bodies.ts';
import { RequestRunner } from './front/request-runner.ts';

/** What every request passes, and what is behind it. */
@Module({
  imports: [IdentityModule, RevocationsModule],
  controllers: [CatalogueEventsController],
  providers: [
    ClientOrigin,
    ConnectionDrain,
    Cors,
    Forwarder,
    FrontDoor,
    FrontMetrics,
    LoadShedder,
    OpenStreams,
    RateLimits,
    RequestBodies,
    RequestRunner,
    SharedBuckets,
    SharedStreams,
    Upstreams,
    { provide: EdgeCache, useFactory: () => new EdgeCache() },
    { provide: RevocableVerifier, useExisting: TokenVerifier },
  ],
})
export class ProxyModule {}

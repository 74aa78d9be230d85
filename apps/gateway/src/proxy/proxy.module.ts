import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.ts';
import { PortalModule } from '../portal/index.ts';
import { ClientOrigin } from './admission/client-origin.ts';
import { Cors } from './admission/cors.ts';
import { LoadShedder } from './admission/load-shedder.ts';
import { RateLimits } from './admission/rate-limits.ts';
import { SharedBuckets } from './admission/shared-buckets.ts';
import { CatalogueEventsController } from './edge-cache/catalogue-events.controller.ts';
import { EdgeCache } from './edge-cache/edge-cache.ts';
import { ConnectionDrain } from './edge-proxy/connection-drain.ts';
import { EdgeProxy } from './edge-proxy/edge-proxy.ts';
import { Forwarder } from './edge-proxy/forwarder.ts';
import { ProxyMetrics } from './edge-proxy/proxy-metrics.ts';
import { RequestBodies } from './edge-proxy/request-bodies.ts';
import { RequestRunner } from './edge-proxy/request-runner.ts';
import { RouteDispatch } from './edge-proxy/route-dispatch.ts';
import { SharedStreams } from './sse/shared-streams.ts';
import { OpenStreams } from './upstream/open-streams.ts';
import { Upstreams } from './upstream/upstreams.ts';

/** Every request's way: admission, edge cache, routing, services and streams. */
@Module({
  imports: [IdentityModule, PortalModule],
  controllers: [CatalogueEventsController],
  providers: [
    ClientOrigin,
    ConnectionDrain,
    Cors,
    EdgeProxy,
    Forwarder,
    LoadShedder,
    OpenStreams,
    ProxyMetrics,
    RateLimits,
    RequestBodies,
    RequestRunner,
    RouteDispatch,
    SharedBuckets,
    SharedStreams,
    Upstreams,
    { provide: EdgeCache, useFactory: () => new EdgeCache() },
  ],
})
export class ProxyModule {}

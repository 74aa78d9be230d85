import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.ts';
import { AdmissionModule } from './admission/admission.module.ts';
import { EdgeModule } from './edge/edge.module.ts';
import { ConnectionDrain } from './front/connection-drain.ts';
import { Forwarder } from './front/forwarder.ts';
import { FrontDoor } from './front/front-door.ts';
import { FrontMetrics } from './front/front-metrics.ts';
import { RequestBodies } from './front/request-bodies.ts';
import { RequestRunner } from './front/request-runner.ts';
import { RouteDispatch } from './front/route-dispatch.ts';
import { LiveModule } from './live/live.module.ts';
import { UpstreamModule } from './upstream/upstream.module.ts';

/** What every request passes, and what is behind it. */
@Module({
  imports: [AdmissionModule, EdgeModule, IdentityModule, LiveModule, UpstreamModule],
  providers: [
    ConnectionDrain,
    Forwarder,
    FrontDoor,
    FrontMetrics,
    RequestBodies,
    RequestRunner,
    RouteDispatch,
  ],
})
export class ProxyModule {}

import { Controller } from '@nestjs/common';
import { HealthRegistry } from '@registrar/service';
import { Endpoint } from '../endpoint.ts';
import { healthRoutes } from './health.routes.ts';

/** Health for load balancers and people: alive, and ready with each dependency named. */
@Controller()
export class HealthController {
  constructor(private readonly registry: HealthRegistry) {}

  @Endpoint(healthRoutes.live)
  live() {
    return { status: 'live' as const };
  }

  @Endpoint(healthRoutes.ready)
  ready() {
    const body = this.registry.readiness();
    return { status: body.status === 'ready' || body.status === 'degraded' ? 200 : 503, body };
  }
}

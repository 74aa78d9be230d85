import { Controller, Get, Res, SetMetadata } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { HealthRegistry } from './health-registry.ts';

/** Metadata under which guards find that a route reads no token. */
export const tokenlessRoute = 'registrar:tokenless';

/** Health for load balancers and people: alive, and ready with each dependency named. */
@ApiExcludeController()
@SetMetadata(tokenlessRoute, true)
@Controller('health')
export class HealthController {
  constructor(private readonly registry: HealthRegistry) {}

  @Get('live')
  live() {
    return { status: 'live' };
  }

  @Get('ready')
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const readiness = this.registry.readiness();
    reply.status(readiness.status === 'ready' || readiness.status === 'degraded' ? 200 : 503);
    reply.header('cache-control', 'no-store');
    return readiness;
  }
}

import type { Server } from 'node:http';
import { ServiceTokens } from '@registrar/auth';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { recordRequest, spanRecorder } from '@registrar/service';
import { ClientOrigin } from '../admission/client-origin.ts';
import type { Plans } from '../routing/plan.ts';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { refuseConnection, refuseTunnels } from './client-errors.ts';
import type { MethodsOf } from './client-errors.ts';
import { FrontDoor } from './front-door.ts';
import { noteMadeAnswers } from './answer-made.ts';
import { parseNotedBodies } from './own-bodies.ts';
import type { OwnListener } from './request-runner.ts';
import { shareConnections } from './shared-connections.ts';
import { cutStalledWrites } from './stalled-writes.ts';
import { decideSampling } from './trace-sampling.ts';

/** From the first byte of a request to the end of its headers, and to the end of its body, ms. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
/** How often connections are looked at for these limits, ms. */
const lookForSlowClientsEveryMs = 1_000;

/** Puts the front door before Nest's listener, and the limits of a public server on the server. */
export function openFrontDoor(app: NestFastifyApplication, config: GatewayConfig): void {
  const fastify = app.getHttpAdapter().getInstance();
  noteMadeAnswers(fastify);
  const door = app.get(FrontDoor);
  parseNotedBodies(fastify);
  const server = app.getHttpServer() as Server;
  const [own] = server.listeners('request') as OwnListener[];
  if (!own) throw new Error('The HTTP server has no listener to stand before.');
  server.removeAllListeners('request');
  server.on('request', decideSampling(app.get(ServiceTokens, { strict: false })));
  if (spanRecorder()) server.on('request', recordPassing(door));
  server.on('request', (request, response) => door.handle(request, response, own));
  server.removeAllListeners('clientError');
  server.on('clientError', refuseConnection(methodsAt(door.plans)));
  refuseTunnels(server);
  // Node reads these two from the server when it listens; its types know them as options only.
  Object.assign(server, { requireHostHeader: false, connectionsCheckingInterval: lookForSlowClientsEveryMs });
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  cutStalledWrites(server);
  shareConnections(server, app.get(ClientOrigin), config.MAX_CONNECTIONS);
}

/** The methods of a path, by the routing table. */
function methodsAt(plans: Plans): MethodsOf {
  return (url) => {
    const { target, match, kind } = plans.of('', url);
    if (!target) return undefined;
    // Nobody from outside learns what is there.
    if (kind === 'internal') return [];
    return match.kind === 'method' ? match.allowed : [];
  };
}

/** Makes a span of every request that passes the front door; where nothing is recorded it is not there at all. */
function recordPassing({ plans }: FrontDoor): OwnListener {
  return (request, response) =>
    recordRequest(request, response, () => {
      const { match } = plans.of(request.method ?? '', request.url ?? '/');
      return match.kind === 'route' ? match.route.path : undefined;
    });
}

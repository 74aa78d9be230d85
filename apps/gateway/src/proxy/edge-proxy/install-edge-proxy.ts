import type { RequestListener, Server } from 'node:http';
import { ServiceTokens } from '@registrar/auth';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { recordRequest, spanRecorder } from '@registrar/service';
import { ClientOrigin } from '../admission/client-origin.ts';
import { Portal, portalMethods } from '../../portal/index.ts';
import type { RouteMatcher } from '../routing/route-match.ts';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { refuseConnection, refuseTunnels } from './client-errors.ts';
import type { MethodsOf } from './client-errors.ts';
import { EdgeProxy } from './edge-proxy.ts';
import { noteMadeAnswers } from './answer-made.ts';
import { parseNotedBodies } from './own-bodies.ts';
import { shareConnections } from './shared-connections.ts';
import { cutStalledWrites } from './stalled-writes.ts';
import { decideSampling } from './trace-sampling.ts';

/** From the first byte of a request to the end of its headers, and to the end of its body, ms. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
/** How often connections are looked at for these limits, ms. */
const lookForSlowClientsEveryMs = 1_000;

/** Installs the edge proxy before Nest's listener, and sets the limits of a public server. */
export function installEdgeProxy(app: NestFastifyApplication, config: GatewayConfig): void {
  const fastify = app.getHttpAdapter().getInstance();
  noteMadeAnswers(fastify);
  const proxy = app.get(EdgeProxy);
  parseNotedBodies(fastify);
  const server = app.getHttpServer() as Server;
  const [nest] = server.listeners('request') as RequestListener[];
  if (!nest) throw new Error('The HTTP server has no request listener.');
  server.removeAllListeners('request');
  server.on('request', decideSampling(app.get(ServiceTokens, { strict: false })));
  if (spanRecorder()) server.on('request', recordSpans(proxy));
  server.on('request', (request, response) => proxy.handle(request, response, nest));
  server.removeAllListeners('clientError');
  server.on('clientError', refuseConnection(methodsAt(proxy.matcher, app.get(Portal, { strict: false }))));
  refuseTunnels(server);
  // Node reads these two from the server when it listens; its types have them as options only.
  Object.assign(server, { requireHostHeader: false, connectionsCheckingInterval: lookForSlowClientsEveryMs });
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  cutStalledWrites(server);
  shareConnections(server, app.get(ClientOrigin), config.MAX_CONNECTIONS);
}

/** The methods of a path, by the routing table and the portal's paths. */
function methodsAt(matcher: RouteMatcher, portal: Portal): MethodsOf {
  return (url) => {
    const { target, lookup, limit } = matcher.match('', url);
    if (!target) return undefined;
    // Callers from outside get the 404 of an unknown path.
    if (limit === 'internal') return [];
    if (lookup.kind === 'unknown' && portal.fileAt(target.path)) return portalMethods;
    return lookup.kind === 'method' ? lookup.allowed : [];
  };
}

/** Records a span of every request; installed only where traces are recorded. */
function recordSpans({ matcher }: EdgeProxy): RequestListener {
  return (request, response) =>
    recordRequest(request, response, () => {
      const { lookup } = matcher.match(request.method ?? '', request.url ?? '/');
      return lookup.kind === 'route' ? lookup.route.path : undefined;
    });
}

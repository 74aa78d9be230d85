import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { recordRequest, spanRecorder } from '@registrar/service';
import type { GatewayConfig } from '../config/gateway-config.ts';
import { refuseConnection } from './client-errors.ts';
import { FrontDoor } from './front-door.ts';
import type { OwnListener } from './front-door.ts';
import { answerOwnReads } from './own-answers.ts';
import { cutStalledWrites } from './stalled-writes.ts';

/** From the first byte of a request to the end of its headers, and to the end of its body, ms. */
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
/** How often connections are looked at for these limits, ms. */
const lookForSlowClientsEveryMs = 1_000;
/** Puts the front door before Nest's listener, and the limits of a public server on the server. */
export function openFrontDoor(app: NestFastifyApplication, config: GatewayConfig): void {
  answerOwnReads(app.getHttpAdapter().getInstance());
  const server = app.getHttpServer() as Server;
  const door = app.get(FrontDoor);
  const [own] = server.listeners('request') as OwnListener[];
  if (!own) throw new Error('The HTTP server has no listener to stand before.');
  server.removeAllListeners('request');
  if (spanRecorder()) server.on('request', recordPassing(door));
  server.on('request', (request, response) => door.handle(request, response, own));
  server.removeAllListeners('clientError');
  server.on('clientError', refuseConnection);
  // Node reads these two from the server when it listens; its types know them as options only.
  Object.assign(server, { requireHostHeader: false, connectionsCheckingInterval: lookForSlowClientsEveryMs });
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  cutStalledWrites(server);
  server.maxConnections = config.MAX_CONNECTIONS;
}

/** Makes a span of every request that passes the front door; where nothing is recorded it is not there at all. */
function recordPassing({ plans }: FrontDoor): OwnListener {
  return (request, response) =>
    recordRequest(request, response, () => {
      const { match } = plans.of(request.method ?? '', request.url ?? '/');
      return match.kind === 'route' ? match.pattern : undefined;
    });
}

import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

const bodyKey = Symbol('body');

type Read = IncomingMessage & { [bodyKey]?: Buffer };

/** Notes the body that was read of a request, for the gateway's own routes. */
export function noteBody(request: IncomingMessage, body: Buffer): void {
  (request as Read)[bodyKey] = body;
}

/** Has Fastify parse the bodies that were noted, where it would read them from the connection. */
export function parseNotedBodies(fastify: FastifyInstance): void {
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const body = (request.raw as Read)[bodyKey];
    done(null, body ? Readable.from([body]) : payload);
  });
}

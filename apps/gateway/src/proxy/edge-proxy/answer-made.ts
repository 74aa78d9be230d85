import type { FastifyInstance } from 'fastify';

/** Emitted on the response when an own answer is made, however long the client then takes to read it. */
export const answerMade = Symbol('answer made');

/** Says of each answer of the gateway's own routes when it is made. */
export function noteMadeAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    reply.raw.emit(answerMade);
    done(null, payload);
  });
}

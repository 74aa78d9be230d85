import { Problem } from '@registrar/service';
import type { FastifyInstance } from 'fastify';

/** The one route that takes CSV. */
export const importPath = '/api/enrollments/import';

/** Takes `text/csv` bodies as bytes, for the import alone; everywhere else they stay 415. */
export function acceptCsv(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.routeOptions.url === importPath) done(null, body);
    else done(new Problem(415, 'unsupported_media_type', 'Send the body as application/json.'));
  });
}

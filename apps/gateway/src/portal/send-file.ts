import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { acceptedEncodings, matchingTag } from '@registrar/cache';
import type { Encoding } from '@registrar/cache';
import { tagOf } from './portal-file.ts';
import type { PortalFile } from './portal-file.ts';

const encodings: readonly Encoding[] = ['identity', 'br', 'gzip'];

/**
 * Sends a file in the best form that the client accepts, or 304 where it has the file in any.
 *
 * @param ownHeaders of every answer of the gateway: trace, rate limits
 */
export function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: PortalFile,
  ownHeaders: Record<string, string>,
): void {
  const vary = String(response.getHeader('vary') ?? 'Accept-Encoding');
  const fixed: OutgoingHttpHeaders = { ...ownHeaders, ...file.headers, vary };
  const wanted = request.headers['if-none-match'];
  const tags = encodings.map((encoding) => tagOf(file, encoding));
  const held = wanted === undefined ? undefined : matchingTag(wanted, tags);
  if (held !== undefined) {
    response.writeHead(304, { ...fixed, etag: `"${held}"` }).end();
    return;
  }
  const accepted = acceptedEncodings(request.headers['accept-encoding'] as string | undefined);
  const encoding = accepted.find((each) => file.forms[each] !== undefined) ?? 'identity';
  const bytes = file.forms[encoding] ?? file.forms.identity;
  response.writeHead(200, {
    ...fixed,
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    etag: `"${tagOf(file, encoding)}"`,
    'content-length': bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

import type { Socket } from 'node:net';
import {
  problemContentType,
  problemDocument,
  Problem,
  continueTrace,
  traceparentOf,
} from '@registrar/service';

const problems: Record<string, Problem> = {
  HPE_HEADER_OVERFLOW: new Problem(
    431,
    'headers_too_large',
    'The request line and headers are larger than 16 KiB.',
  ),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'request_timeout', 'The request did not arrive in time.'),
};
const malformed = new Problem(400, 'bad_request', 'This is not a well-formed HTTP request.');

/**
 * Answers what is not HTTP, or would be read differently by two readers (`Content-Length` beside
 * `Transfer-Encoding`, folded headers, stray line ends), and closes the connection: nothing after it is read.
 */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problems[error.code ?? ''] ?? malformed;
  const trace = continueTrace();
  const document = problemDocument(problem, '/', trace.traceId);
  const body = JSON.stringify(document);
  const head = [
    `HTTP/1.1 ${problem.status} ${document.title}`,
    `content-type: ${problemContentType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    `traceparent: ${traceparentOf(trace)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.setTimeout(1_000, () => socket.destroy());
}

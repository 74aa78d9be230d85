import { METHODS } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import {
  problemContentType,
  problemDocument,
  Problem,
  continueTrace,
  traceparentOf,
} from '@registrar/service';
import { invalidPath, methodNotAllowed, notFound } from './refusals.ts';

const problems: Record<string, Problem> = {
  HPE_INVALID_URL: invalidPath,
  HPE_HEADER_OVERFLOW: new Problem(
    431,
    'headers_too_large',
    'The request line and headers are larger than 16 KiB.',
  ),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'request_timeout', 'The request did not arrive in time.'),
};
const malformed = new Problem(400, 'bad_request', 'The HTTP request is malformed.');

/** A request line by its grammar, with a method that Node's parser may not support. */
const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\/[\x21-\x7e]*) HTTP\/1\.[01]\r\n/;
const longestLine = 16 * 1_024;

/** Node's parser says what was wrong and shows the bytes in which it was. */
type ClientError = NodeJS.ErrnoException & { rawPacket?: Buffer };

/** The methods of the path of a target: none where it is unknown, undefined where it is none that is taken. */
export type MethodsOf = (url: string) => readonly string[] | undefined;

/**
 * Answers what is not HTTP, or would be read differently by two readers (`Content-Length` beside
 * `Transfer-Encoding`, folded headers, stray line ends), and closes the connection: nothing after it is read.
 * A method that Node does not support gets what any method gets that the path does not have.
 */
export function refuseConnection(methodsOf: MethodsOf): (error: ClientError, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering(socket)) {
      socket.destroy();
      return;
    }
    const unknown = unknownMethod(error, methodsOf);
    answer(socket, unknown?.problem ?? problems[error.code ?? ''] ?? malformed, unknown?.path);
  };
}

/**
 * Answers `CONNECT`, a request for a tunnel, with 405: without a listener Node would hang up.
 *
 * Guarantee: a reset of the connection ends nothing else, and every response on it still emits `close`. For a tunnel
 * Node takes its own listeners off the connection, the ones that see to both.
 */
export function refuseTunnels(server: Server): void {
  const closing = new WeakMap<Socket, (() => void)[]>();
  // Node's own listeners are on the connection by now.
  server.on('connection', (socket: Socket) =>
    closing.set(socket, socket.listeners('close') as (() => void)[]),
  );
  server.on('connect', (_request, stream) => {
    const socket = stream as Socket;
    socket.on('error', () => socket.destroy());
    const left = socket.listeners('close');
    for (const listener of closing.get(socket) ?? [])
      if (!left.includes(listener)) socket.once('close', listener);
    if (isAnswering(socket)) socket.destroy();
    else answer(socket, methodNotAllowed('CONNECT', []));
  });
}

/**
 * Whether an earlier request of the connection waits for its answer, or for the rest of it: anything written now
 * would be read as that answer. A request that did not arrive whole is the very one that is refused.
 */
function isAnswering(socket: Socket & { _httpMessage?: ServerResponse | null }): boolean {
  // Node shows the response under way nowhere else.
  const response = socket._httpMessage;
  return response ? response.headersSent || response.req.complete : false;
}

function unknownMethod(
  { code, rawPacket }: ClientError,
  methodsOf: MethodsOf,
): { problem: Problem; path: string } | undefined {
  if (code !== 'HPE_INVALID_METHOD' || !rawPacket) return undefined;
  const [, method = '', url = ''] = requestLine.exec(rawPacket.toString('latin1', 0, longestLine)) ?? [];
  // A good request may stand before the bad one in these bytes: then it is not known which was meant.
  if (url === '' || METHODS.includes(method)) return undefined;
  const path = url.split('?', 1)[0] ?? '/';
  const allowed = methodsOf(url);
  if (!allowed) return { problem: invalidPath, path };
  return { problem: allowed.length === 0 ? notFound : methodNotAllowed(method, allowed), path };
}

function answer(socket: Socket, problem: Problem, path = '/'): void {
  const trace = continueTrace();
  const document = problemDocument(problem, path, trace.traceId);
  const body = JSON.stringify(document);
  const head = [
    `HTTP/1.1 ${problem.status} ${document.title}`,
    `content-type: ${problemContentType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    `traceparent: ${traceparentOf(trace)}`,
    ...Object.entries(problem.extras.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.setTimeout(1_000, () => socket.destroy());
}

import { METHODS } from 'node:http';
import type { Socket } from 'node:net';
import {
  problemContentType,
  problemDocument,
  Problem,
  continueTrace,
  traceparentOf,
} from '@registrar/service';
import { methodNotAllowed } from './method-not-allowed.ts';

const badPath = new Problem(400, 'invalid_path', 'This path can be understood in more than one way.');
const problems: Record<string, Problem> = {
  HPE_INVALID_URL: badPath,
  HPE_HEADER_OVERFLOW: new Problem(
    431,
    'headers_too_large',
    'The request line and headers are larger than 16 KiB.',
  ),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, 'request_timeout', 'The request did not arrive in time.'),
};
const malformed = new Problem(400, 'bad_request', 'This is not a well-formed HTTP request.');
const notFound = new Problem(404, 'not_found', 'There is nothing at this path.');

/** A request line by its grammar, with a method that Node's parser may not know. */
const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\/[\x21-\x7e]*) HTTP\/1\.[01]\r\n/;
const longestLine = 16 * 1_024;

/** Node's parser says what was wrong and shows the bytes in which it was. */
type ClientError = NodeJS.ErrnoException & { rawPacket?: Buffer };

/** The methods of the path of a target: none where it is unknown, undefined where it is none that is taken. */
export type MethodsOf = (url: string) => readonly string[] | undefined;

/**
 * Answers what is not HTTP, or would be read differently by two readers (`Content-Length` beside
 * `Transfer-Encoding`, folded headers, stray line ends), and closes the connection: nothing after it is read.
 * A method that Node does not know gets what any method gets that the path does not have.
 */
export function refuseConnection(methodsOf: MethodsOf): (error: ClientError, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const unknown = unknownMethod(error, methodsOf);
    answer(socket, unknown?.problem ?? problems[error.code ?? ''] ?? malformed, unknown?.path);
  };
}

/** `CONNECT` asks for a tunnel: Node hands it over apart, and would hang up without a listener. */
export function refuseTunnel(_request: unknown, socket: Socket): void {
  answer(socket, methodNotAllowed('CONNECT', []));
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
  if (!allowed) return { problem: badPath, path };
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

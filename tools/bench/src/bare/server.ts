/**
 * A bare `node:http` server that answers every path with fixed bytes: the most that Node can do on this machine, to
 * measure the system against. `/5` and `/15` are JSON bodies of 5 and 15 KB; `/same` is the body of the options.
 */
import { serveParent } from '../child-process.ts';

/** The options of the bare server. */
export interface BareOptions {
  /** Answered to `/same`. */
  readonly body: string;
}

const bytesPerKilobyte = 1_024;

function bodyOf(kilobytes: number): string {
  return JSON.stringify({ text: 'x'.repeat(kilobytes * bytesPerKilobyte - '{"text":""}'.length) });
}

serveParent(({ body }: BareOptions) => {
  const bodies = new Map(
    [
      ['/5', bodyOf(5)],
      ['/15', bodyOf(15)],
      ['/same', body],
    ].map(([path, text = '']) => [path, Buffer.from(text)]),
  );
  return (request, response) => {
    const bytes = bodies.get(request.url) ?? Buffer.from('{}');
    const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length };
    response.writeHead(200, headers).end(bytes);
  };
});

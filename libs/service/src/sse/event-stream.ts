import type { FastifyReply, FastifyRequest } from 'fastify';

/** The media type of server-sent events. */
export const eventStreamType = 'text/event-stream';

/** Where a stream is written to. */
export interface StreamSink {
  write(text: string): void;
  /** Bytes that the client has not taken yet. */
  readonly pendingBytes: number;
  /** Ends it once what was written is sent. */
  end(): void;
  /** Ends it at once. */
  cut(): void;
}

/**
 * Begins an answer that stays open for server-sent events.
 *
 * @returns where they go; undefined where no event can be sent: for a HEAD request, and a client that is gone
 */
export function beginEventStream(
  { method }: FastifyRequest,
  reply: FastifyReply,
  cacheControl: string,
): StreamSink | undefined {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...ownHeaders(reply),
    'content-type': `${eventStreamType}; charset=utf-8`,
    'cache-control': cacheControl,
    // A kept connection whose stream ended at a shutdown would hold the shutdown up until it times out.
    connection: 'close',
    // Proxies shall hand events on as they come.
    'x-accel-buffering': 'no',
  });
  if (method === 'HEAD' || raw.destroyed) {
    raw.end();
    return undefined;
  }
  raw.flushHeaders();
  return {
    write: (text) => void raw.write(text),
    get pendingBytes() {
      return raw.writableLength;
    },
    end: () => void raw.end(),
    cut: () => void raw.destroy(),
  };
}

function ownHeaders(reply: FastifyReply): Record<string, string | number | string[]> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).filter(
      (entry): entry is [string, string | number | string[]] => entry[1] !== undefined,
    ),
  );
}

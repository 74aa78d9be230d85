import { Controller, Get, Req, Res } from '@nestjs/common';
import { CurrentUser } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { OWN_CACHE_CONTROL } from '@registrar/cache';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StreamSink } from './notification-stream.ts';
import { StreamHub } from './stream.hub.ts';

/** New notifications as they come, as server-sent events. */
@Controller('api/notifications/stream')
export class StreamController {
  constructor(private readonly hub: StreamHub) {}

  @Get()
  stream(@CurrentUser() user: Identity, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.hub.admit(user.id);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...ownHeaders(reply),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': OWN_CACHE_CONTROL,
      // Proxies shall hand events on as they come.
      'x-accel-buffering': 'no',
      // A kept connection whose stream ended at a shutdown would hold the shutdown up until it times out.
      connection: 'close',
    });
    if (request.method === 'HEAD') {
      raw.end();
      return;
    }
    raw.flushHeaders();
    const stream = this.hub.open(user.id, lastEventId(request), sinkOf(reply));
    // The right to listen ends with the token that gave it; the client comes back with a new one.
    const expiry = setTimeout(() => stream.end(500), Math.max(0, user.expiresAt * 1_000 - Date.now()));
    raw.on('close', () => {
      clearTimeout(expiry);
      stream.end();
    });
  }
}

function ownHeaders(reply: FastifyReply): Record<string, string | number | string[]> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).filter(
      (entry): entry is [string, string | number | string[]] => entry[1] !== undefined,
    ),
  );
}

function lastEventId(request: FastifyRequest): string | undefined {
  const header = request.headers['last-event-id'];
  return typeof header === 'string' && header !== '' ? header : undefined;
}

function sinkOf({ raw }: FastifyReply): StreamSink {
  return {
    write: (text) => void raw.write(text),
    get pendingBytes() {
      return raw.writableLength;
    },
    end: () => void raw.end(),
  };
}

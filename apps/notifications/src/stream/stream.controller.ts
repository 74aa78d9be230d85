import { Controller, Get, Req, Res } from '@nestjs/common';
import { CurrentUser } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { OWN_CACHE_CONTROL } from '@registrar/cache';
import { beginEventStream } from '@registrar/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StreamHub } from './stream.hub.ts';

/** New notifications as they come, as server-sent events. */
@Controller('api/notifications/stream')
export class StreamController {
  constructor(private readonly hub: StreamHub) {}

  @Get()
  stream(@CurrentUser() user: Identity, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.hub.admit(user.id);
    const sink = beginEventStream(request, reply, OWN_CACHE_CONTROL);
    if (!sink) return;
    const stream = this.hub.open(user.id, lastEventId(request), sink);
    // The right to listen ends with the token that gave it; the client comes back with a new one.
    const expiry = setTimeout(() => stream.end(500), Math.max(0, user.expiresAt * 1_000 - Date.now()));
    reply.raw.on('close', () => {
      clearTimeout(expiry);
      stream.end();
    });
  }
}

function lastEventId(request: FastifyRequest): string | undefined {
  const header = request.headers['last-event-id'];
  return typeof header === 'string' && header !== '' ? header : undefined;
}

import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { OptionalUser, Public } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CATALOGUE_CACHE_CONTROL, sendCached } from '@registrar/cache';
import { seatsQuery } from '@registrar/contracts-enrollments';
import type { SeatsQuery } from '@registrar/contracts-enrollments';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bestType } from '../negotiation/accept.rules.ts';
import type { StreamSink } from './seat-channel.ts';
import { SeatStreams } from './seat-streams.ts';
import { SeatsBoard } from './seats-board.ts';

const options = { cacheControl: CATALOGUE_CACHE_CONTROL, cacheName: 'registrar-seats' };
const eventStream = 'text/event-stream';

/** The seats of a course, now or as they change. */
@Public()
@Controller('api/courses/:id/seats')
export class SeatsController {
  constructor(
    private readonly board: SeatsBoard,
    private readonly streams: SeatStreams,
  ) {}

  @Get()
  async seats(
    @OptionalUser() user: Identity | undefined,
    @Param('id') courseId: string,
    @Query({ schema: seatsQuery }) _query: SeatsQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    void reply.header('vary', 'Accept');
    if (bestType(request.headers.accept, ['application/json', eventStream]) === eventStream)
      return this.stream(user, courseId, request, reply);
    await sendCached(request, reply, await this.board.get(courseId), options);
  }

  private async stream(
    user: Identity | undefined,
    courseId: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const release = this.streams.admit({ userId: user?.id, address: forwardedFor(request) });
    try {
      const held = await this.board.get(courseId);
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...ownHeaders(reply),
        'content-type': `${eventStream}; charset=utf-8`,
        'cache-control': 'no-cache',
        // One that stayed open after its stream would hold up the shutdown.
        connection: 'close',
        // Proxies shall hand events on as they come.
        'x-accel-buffering': 'no',
      });
      if (request.method === 'HEAD' || raw.destroyed) {
        raw.end();
        return release();
      }
      raw.flushHeaders();
      const end = this.streams.open(held, sinkOf(reply));
      raw.on('close', () => {
        end();
        release();
      });
    } catch (error) {
      release();
      throw error;
    }
  }
}

function ownHeaders(reply: FastifyReply): Record<string, string | number | string[]> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).filter(
      (entry): entry is [string, string | number | string[]] => entry[1] !== undefined,
    ),
  );
}

/** The client that the gateway asks for, where it asks for one. */
function forwardedFor(request: FastifyRequest): string | undefined {
  const header = request.headers['x-forwarded-for'];
  return typeof header === 'string' && header !== '' ? header : undefined;
}

function sinkOf({ raw }: FastifyReply): StreamSink {
  return {
    write: (text) => void raw.write(text),
    get pendingBytes() {
      return raw.writableLength;
    },
    end: () => void raw.end(),
    cut: () => void raw.destroy(),
  };
}

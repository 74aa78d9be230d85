import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { OptionalUser, Public } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CATALOGUE_CACHE_CONTROL, sendCached } from '@registrar/cache';
import { beginEventStream, eventStreamType } from '@registrar/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bestType } from '../negotiation/accept.rules.ts';
import { SeatStreams } from './seat-streams.ts';
import { SeatsBoard } from './seats-board.ts';

const options = { cacheControl: CATALOGUE_CACHE_CONTROL, cacheName: 'registrar-seats' };

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
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    void reply.header('vary', 'Accept');
    if (bestType(request.headers.accept, ['application/json', eventStreamType]) === eventStreamType)
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
      const sink = beginEventStream(request, reply, 'no-cache');
      if (!sink) return release();
      const end = this.streams.open(held, sink);
      reply.raw.on('close', () => {
        end();
        release();
      });
    } catch (error) {
      release();
      throw error;
    }
  }
}

/** The client that the gateway asks for, where it asks for one. */
function forwardedFor(request: FastifyRequest): string | undefined {
  const header = request.headers['x-forwarded-for'];
  return typeof header === 'string' && header !== '' ? header : undefined;
}

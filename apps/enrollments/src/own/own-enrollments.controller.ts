import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { CurrentUser } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CachedBody, OWN_CACHE_CONTROL, sendCached } from '@registrar/cache';
import { ownEnrollmentsQuery } from '@registrar/contracts-enrollments';
import type { OwnEnrollmentsQuery } from '@registrar/contracts-enrollments';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HistoryReader } from '../history/history.reader.ts';
import { enrollmentView } from '../registration/answers.ts';
import { EnrollmentReader } from '../registration/enrollment-reader.ts';
import { WaitlistRanks } from '../waitlist/waitlist-ranks.ts';
import { ownCacheName } from './own-enrollments.cache.ts';
import { OwnEnrollmentsService } from './own-enrollments.service.ts';

const options = { cacheControl: OWN_CACHE_CONTROL, cacheName: ownCacheName };

/** Reading enrollments: all of one's own, and single ones with their history. */
@Controller('api/enrollments')
export class OwnEnrollmentsController {
  constructor(
    private readonly own: OwnEnrollmentsService,
    private readonly reader: EnrollmentReader,
    private readonly ranks: WaitlistRanks,
    private readonly histories: HistoryReader,
  ) {}

  @Get('me')
  async list(
    @CurrentUser() user: Identity,
    @Query({ schema: ownEnrollmentsQuery }) query: OwnEnrollmentsQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await sendCached(request, reply, await this.own.list(user.id, query), options);
  }

  @Get(':id')
  async one(
    @CurrentUser() user: Identity,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { record } = await this.reader.findFor(user, id);
    const position = record.ticket === null ? null : await this.ranks.rankOf(record.courseId, record.ticket);
    await sendCached(request, reply, fresh(enrollmentView(record, position)), options);
  }

  @Get(':id/history')
  async history(
    @CurrentUser() user: Identity,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { record } = await this.reader.findFor(user, id);
    await sendCached(request, reply, fresh({ items: await this.histories.of(record) }), options);
  }
}

function fresh(body: object) {
  return { body: CachedBody.of(JSON.stringify(body)), source: 'load' } as const;
}

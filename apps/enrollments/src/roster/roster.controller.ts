import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { CurrentUser } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CachedBody, OWN_CACHE_CONTROL, sendCached } from '@registrar/cache';
import { rosterQuery } from '@registrar/contracts-enrollments';
import type { RosterQuery } from '@registrar/contracts-enrollments';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bestType } from '../negotiation/accept.rules.ts';
import type { Offering } from '../registration/registration.types.ts';
import { RosterAccess } from './roster-access.ts';
import { begun, encodedFile, fileName, rosterFile } from './roster-file.ts';
import { RosterService } from './roster.service.ts';

const options = { cacheControl: OWN_CACHE_CONTROL, cacheName: 'registrar-enrollments' };

/** Who is in a course: pages for programs, a file for spreadsheets. */
@Controller('api/courses/:id/roster')
export class RosterController {
  constructor(
    private readonly access: RosterAccess,
    private readonly roster: RosterService,
  ) {}

  @Get()
  async list(
    @CurrentUser() user: Identity,
    @Param('id') courseId: string,
    @Query({ schema: rosterQuery }) query: RosterQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const offering = await this.access.courseFor(user, courseId);
    void reply.header('vary', 'Accept');
    if (bestType(request.headers.accept, ['application/json', 'text/csv']) === 'text/csv')
      return this.sendFile(request, reply, offering, query.status);
    const page = await this.roster.page(courseId, query);
    await sendCached(request, reply, { body: CachedBody.of(JSON.stringify(page)), source: 'load' }, options);
  }

  private async sendFile(
    request: FastifyRequest,
    reply: FastifyReply,
    { courseId, code, section }: Offering,
    status: RosterQuery['status'],
  ): Promise<void> {
    void reply.headers({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': fileName(code, section),
      'cache-control': OWN_CACHE_CONTROL,
      vary: 'Accept, Accept-Encoding',
    });
    if (request.method === 'HEAD') return void reply.send('');
    const entries = await begun(this.roster.whole(courseId, status));
    const { body, encoding } = encodedFile(
      rosterFile(entries),
      String(request.headers['accept-encoding'] ?? ''),
    );
    if (encoding !== 'identity') void reply.header('content-encoding', encoding);
    void reply.send(body);
  }
}

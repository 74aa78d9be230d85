import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CurrentUser } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { OWN_CACHE_CONTROL, sendCached } from '@registrar/cache';
import { inboxQuery } from '@registrar/contracts-notifications';
import type { InboxQuery, Notification } from '@registrar/contracts-notifications';
import { IdempotentRequests, idempotentRequest, respond } from '@registrar/dynamodb';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InboxService } from './inbox.service.ts';

/** One's own notifications. */
@Controller('api/notifications')
export class InboxController {
  constructor(
    private readonly inbox: InboxService,
    private readonly idempotent: IdempotentRequests,
  ) {}

  @Get('me')
  async me(
    @CurrentUser() user: Identity,
    @Query({ schema: inboxQuery }) query: InboxQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const page = await this.inbox.page(user.id, query);
    await sendCached(request, reply, page, {
      cacheControl: OWN_CACHE_CONTROL,
      cacheName: 'registrar-notifications',
    });
  }

  @Post(':id/read')
  @HttpCode(200)
  async read(
    @CurrentUser() user: Identity,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Notification> {
    const answered = await this.idempotent.run(idempotentRequest(request, user.id), async (record) => {
      const body = await this.inbox.markRead(user.id, id, (marked) => record({ status: 200, body: marked }));
      return { status: 200, body };
    });
    return respond(reply, answered);
  }

  @Post('read-all')
  @HttpCode(204)
  async readAll(@CurrentUser() user: Identity): Promise<void> {
    await this.inbox.markAllRead(user.id);
  }
}

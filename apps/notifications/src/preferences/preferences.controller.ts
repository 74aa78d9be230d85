import { Body, Controller, Get, Put, Req, Res } from '@nestjs/common';
import { CurrentUser } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CachedBody, OWN_CACHE_CONTROL, sendCached } from '@registrar/cache';
import { preferences } from '@registrar/contracts-notifications';
import type { Preferences } from '@registrar/contracts-notifications';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PreferencesRepository } from './preferences.repository.ts';

/** Which mails one wants. */
@Controller('api/notifications/preferences')
export class PreferencesController {
  constructor(private readonly repository: PreferencesRepository) {}

  @Get()
  async read(
    @CurrentUser() user: Identity,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const body = CachedBody.of(JSON.stringify(await this.repository.of(user.id)));
    const options = { cacheControl: OWN_CACHE_CONTROL, cacheName: 'registrar-notifications' };
    await sendCached(request, reply, { body, source: 'load' }, options);
  }

  @Put()
  async choose(
    @CurrentUser() user: Identity,
    @Body({ schema: preferences }) chosen: Preferences,
  ): Promise<Preferences> {
    await this.repository.choose(user.id, chosen);
    return chosen;
  }
}

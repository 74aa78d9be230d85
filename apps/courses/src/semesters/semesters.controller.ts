import { Body, Controller, Get, Param, Put, Req, Res } from '@nestjs/common';
import { CurrentUser, Public, Roles } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CATALOGUE_CACHE_CONTROL, sendCached } from '@registrar/cache';
import { chosenId, putSemesterRequest } from '@registrar/contracts-courses';
import type { PutSemesterRequest } from '@registrar/contracts-courses';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validateId } from './chosen-id.rules.ts';
import { SemesterChangesService } from './semester-changes.service.ts';
import { SemestersService, semestersCacheName } from './semesters.service.ts';

const options = { cacheName: semestersCacheName, cacheControl: CATALOGUE_CACHE_CONTROL };

/** Semesters: reading is for everybody, stating them for registrars. */
@Controller('api/semesters')
export class SemestersController {
  constructor(
    private readonly semesters: SemestersService,
    private readonly changes: SemesterChangesService,
  ) {}

  @Public()
  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await sendCached(request, reply, await this.semesters.list(), options);
  }

  @Public()
  @Get(':id')
  async one(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await sendCached(request, reply, await this.semesters.one(id), options);
  }

  @Roles('registrar')
  @Put(':id')
  put(
    @CurrentUser() user: Identity,
    @Param('id') id: string,
    @Body({ schema: putSemesterRequest }) body: PutSemesterRequest,
  ) {
    return this.changes.put(user.id, validateId(id, chosenId), body);
  }
}

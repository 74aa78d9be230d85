import { Body, Controller, Get, Param, Put, Query, Req, Res } from '@nestjs/common';
import { CurrentUser, Public, Roles } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CATALOGUE_CACHE_CONTROL, sendCached } from '@registrar/cache';
import { chosenId, noQuery, putSemesterRequest } from '@registrar/contracts-courses';
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
  async list(
    @Query({ schema: noQuery }) _query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await sendCached(request, reply, await this.semesters.list(), options);
  }

  @Public()
  @Get(':id')
  async one(
    @Query({ schema: noQuery }) _query: object,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    await sendCached(request, reply, await this.semesters.one(id), options);
  }

  @Roles('registrar')
  @Put(':id')
  put(
    @Query({ schema: noQuery }) _query: object,
    @CurrentUser() user: Identity,
    @Param('id') id: string,
    @Body({ schema: putSemesterRequest }) body: PutSemesterRequest,
  ) {
    return this.changes.put(user.id, validateId(id, chosenId), body);
  }
}

import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { Query, Req, Res } from '@nestjs/common';
import { CurrentUser, OptionalUser, Public, Roles } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CATALOGUE_CACHE_CONTROL, OWN_CACHE_CONTROL, sendCached } from '@registrar/cache';
import {
  courseBatchRequest,
  courseListQuery,
  createCourseRequest,
  patchCourseRequest,
} from '@registrar/contracts-courses';
import type { CourseListQuery, CreateCourseRequest, PatchCourseRequest } from '@registrar/contracts-courses';
import { idempotentRequest, respond } from '@registrar/dynamodb';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CourseChangesService } from '../changes/course-changes.service.ts';
import { catalogueCacheName as cacheName } from './catalogue.ts';
import { CourseListService } from './course-list.service.ts';
import { CourseReaderService } from './course-reader.service.ts';

/** The catalogue's courses: reading is for everybody, changing for registrars. */
@Controller('api/courses')
export class CoursesController {
  constructor(
    private readonly lists: CourseListService,
    private readonly reader: CourseReaderService,
    private readonly changes: CourseChangesService,
  ) {}

  @Public()
  @Get()
  async list(
    @OptionalUser() user: Identity | undefined,
    @Query({ schema: courseListQuery }) query: CourseListQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const page = await this.lists.page(query, user);
    await sendCached(request, reply, page, {
      cacheName,
      cacheControl: cacheControl(query.status !== 'draft'),
    });
  }

  @Public()
  @Get(':id')
  async one(
    @OptionalUser() user: Identity | undefined,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const found = await this.reader.one(id, user);
    const options = { cacheName, cacheControl: cacheControl(found.isPublic), etagPrefix: found.version };
    await sendCached(request, reply, found, options);
  }

  @Public()
  @Post('batch-get')
  @HttpCode(200)
  async batch(
    @Body({ schema: courseBatchRequest }) { ids }: { ids: string[] },
    @Headers('accept-encoding') encodings: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    // No conditional answer to a POST.
    const request = { method: 'POST', headers: { 'accept-encoding': encodings } };
    await sendCached(request, reply, await this.reader.batch(ids), { cacheName, cacheControl: 'no-store' });
  }

  @Roles('registrar')
  @Post()
  async create(
    @CurrentUser() user: Identity,
    @Body({ schema: createCourseRequest }) body: CreateCourseRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return respond(reply, await this.changes.create(user.id, body, idempotentRequest(request, user.id)));
  }

  @Roles('registrar')
  @Patch(':id')
  async change(
    @CurrentUser() user: Identity,
    @Param('id') id: string,
    @Body({ schema: patchCourseRequest }) body: PatchCourseRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return respond(reply, { ...(await this.changes.change(user.id, id, body, ifMatch)), replayed: false });
  }

  @Roles('registrar')
  @Delete(':id')
  async cancel(
    @CurrentUser() user: Identity,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return respond(reply, { ...(await this.changes.cancel(user.id, id, ifMatch)), replayed: false });
  }
}

function cacheControl(isPublic: boolean): string {
  return isPublic ? CATALOGUE_CACHE_CONTROL : OWN_CACHE_CONTROL;
}

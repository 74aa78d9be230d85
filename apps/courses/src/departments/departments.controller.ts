import { Body, Controller, Get, Param, Put, Req, Res } from '@nestjs/common';
import { CurrentUser, Public, Roles } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { CATALOGUE_CACHE_CONTROL, sendCached } from '@registrar/cache';
import { chosenId, putDepartmentRequest } from '@registrar/contracts-courses';
import type { PutDepartmentRequest } from '@registrar/contracts-courses';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { validateId } from '../semesters/chosen-id.rules.ts';
import { DepartmentsService, departmentsCacheName } from './departments.service.ts';

const options = { cacheName: departmentsCacheName, cacheControl: CATALOGUE_CACHE_CONTROL };

/** Departments: reading is for everybody, stating them for registrars. */
@Controller('api/departments')
export class DepartmentsController {
  constructor(private readonly departments: DepartmentsService) {}

  @Public()
  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await sendCached(request, reply, await this.departments.list(), options);
  }

  @Roles('registrar')
  @Put(':id')
  put(
    @CurrentUser() user: Identity,
    @Param('id') id: string,
    @Body({ schema: putDepartmentRequest }) body: PutDepartmentRequest,
  ) {
    return this.departments.put(user.id, validateId(id, chosenId), body);
  }
}

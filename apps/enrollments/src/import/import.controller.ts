import { createHash } from 'node:crypto';
import { Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { CurrentUser, Roles } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { importQuery } from '@registrar/contracts-enrollments';
import type { ImportQuery, ImportResult } from '@registrar/contracts-enrollments';
import { idempotentRequest, respond } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ImportService } from './import.service.ts';

/** Enrolling the students of a file. */
@Controller('api/enrollments/import')
export class ImportController {
  constructor(private readonly imports: ImportService) {}

  @Roles('registrar')
  @Post()
  @HttpCode(200)
  async import(
    @CurrentUser() user: Identity,
    @Query({ schema: importQuery }) { dryRun }: ImportQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportResult> {
    const file = request.body;
    if (!Buffer.isBuffer(file))
      throw new Problem(415, 'unsupported_media_type', 'Send the file as text/csv.');
    const { method, url, headers } = request;
    const body = createHash('sha256').update(file).digest('base64url');
    const keyed = idempotentRequest({ method, url, headers, body }, user.id);
    // A dry run changes nothing, and tells how things are now: no answer of it is kept.
    if (dryRun) return this.imports.dryRun(user, file);
    return respond(reply, await this.imports.run(user, file, keyed));
  }
}

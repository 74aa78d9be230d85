import { Controller, Get, Req, Res } from '@nestjs/common';
import { Public } from '@registrar/auth';
import { CachedBody } from '@registrar/cache';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendBody } from '../http/own-answers.ts';
import { asyncApiDocument } from './asyncapi-document.ts';
import { docsPage, docsPolicy } from './docs-page.ts';
import { openApiDocument } from './openapi-document.ts';
import { operations } from './operations/operations.ts';

const json = 'application/json; charset=utf-8';

/** The documents of the API: made once, at start, from the schemas that the services check with. */
@Public()
@Controller('api')
export class DocumentsController {
  private readonly openApi = CachedBody.of(JSON.stringify(openApiDocument(operations)));
  private readonly asyncApi = CachedBody.of(JSON.stringify(asyncApiDocument()));
  private readonly page = CachedBody.of(docsPage(operations));

  @Get('openapi.json')
  openApiJson(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return send(request, reply, this.openApi, json);
  }

  @Get('asyncapi.json')
  asyncApiJson(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return send(request, reply, this.asyncApi, json);
  }

  @Get('docs')
  docs(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.header('content-security-policy', docsPolicy);
    return send(request, reply, this.page, 'text/html; charset=utf-8');
  }
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  body: CachedBody,
  type: string,
): Promise<void> {
  reply.header('cache-control', 'public, max-age=60').header('content-type', type);
  reply.send(await sendBody(request, reply, body));
}

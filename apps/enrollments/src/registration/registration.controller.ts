import { Body, Controller, Delete, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { CurrentUser } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { completeRequest, enrollRequest, swapRequest } from '@registrar/contracts-enrollments';
import type { EnrollRequest, SwapRequest } from '@registrar/contracts-enrollments';
import { idempotentRequest, respond } from '@registrar/dynamodb';
import type { IdempotentRequest } from '@registrar/dynamodb';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RegistrationService } from './registration.service.ts';

/** Taking, giving up, swapping and completing seats. */
@Controller('api/enrollments')
export class RegistrationController {
  constructor(private readonly registration: RegistrationService) {}

  @Post()
  async enroll(
    @CurrentUser() user: Identity,
    @Body({ schema: enrollRequest }) body: EnrollRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return respond(reply, await this.registration.enroll(user, body, keyed(request, user)));
  }

  @Post('swap')
  async swap(
    @CurrentUser() user: Identity,
    @Body({ schema: swapRequest }) body: SwapRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return respond(reply, await this.registration.swap(user, body, keyed(request, user)));
  }

  @Delete(':id')
  async drop(
    @CurrentUser() user: Identity,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return respond(reply, await this.registration.drop(user, id));
  }

  @Patch(':id')
  async complete(
    @CurrentUser() user: Identity,
    @Param('id') id: string,
    @Body({ schema: completeRequest }) _body: { status: 'completed' },
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return respond(reply, await this.registration.complete(user, id));
  }
}

function keyed(request: FastifyRequest, user: Identity): IdempotentRequest {
  const keyed = idempotentRequest(request, user.id, { required: true });
  if (!keyed) throw new Error('A required key was not asked for.');
  return keyed;
}

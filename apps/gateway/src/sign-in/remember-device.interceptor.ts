import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Session } from '@registrar/contracts-gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tap } from 'rxjs';
import { Devices } from './devices.ts';

/** Sets the device cookie where a route answers with a session: from then on the device is known. */
@Injectable()
export class RememberDevice implements NestInterceptor<Session> {
  constructor(private readonly devices: Devices) {}

  intercept(context: ExecutionContext, next: CallHandler<Session>) {
    const http = context.switchToHttp();
    const { headers } = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next
      .handle()
      .pipe(
        tap(
          ({ user }) => void reply.header('set-cookie', this.devices.remembering(headers.cookie, user.email)),
        ),
      );
  }
}

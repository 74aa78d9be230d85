import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Session } from '@registrar/contracts-gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map } from 'rxjs';
import type { BegunSession } from '../sessions/session.service.ts';
import { Devices } from './devices.ts';

/** Sets the device cookie where a route begins a session, and answers with that: from then on the device is known. */
@Injectable()
export class RememberDevice implements NestInterceptor<BegunSession, Session> {
  constructor(private readonly devices: Devices) {}

  intercept(context: ExecutionContext, next: CallHandler<BegunSession>) {
    const http = context.switchToHttp();
    const { headers } = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map(({ answer, epoch }) => {
        const account = { email: answer.user.email, epoch };
        void reply.header('set-cookie', this.devices.remembering(headers.cookie, account));
        return answer;
      }),
    );
  }
}

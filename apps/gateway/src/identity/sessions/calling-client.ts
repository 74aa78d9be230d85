import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { addressOf } from '../../http/client-address.ts';
import type { SessionClient } from './session.ts';

/** Characters of a `User-Agent` that are kept. */
const userAgentLength = 256;

/** The client that calls, in a controller: `@CallingClient('web')`. */
export const CallingClient = createParamDecorator(
  (kind: SessionClient['kind'], context: ExecutionContext): SessionClient => {
    const { headers, raw } = context.switchToHttp().getRequest<FastifyRequest>();
    const userAgent = headers['user-agent']?.slice(0, userAgentLength) ?? null;
    return { kind, address: addressOf(raw), userAgent };
  },
);

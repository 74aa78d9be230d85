import type { IncomingMessage } from 'node:http';
import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { addressGroup } from './address-group.rules.ts';

const addressKey = Symbol('client address');

type Addressed = IncomingMessage & { [addressKey]?: string };

/** Stores the client's address, once the edge proxy has found it. */
export function noteAddress(request: IncomingMessage, address: string): void {
  (request as Addressed)[addressKey] = address;
}

/** The client's address: the one that the edge proxy stored, or the socket's. */
export function addressOf(request: IncomingMessage): string {
  return (request as Addressed)[addressKey] ?? request.socket.remoteAddress ?? 'unknown';
}

/** The group of addresses that the client's belongs to: what limits by address count by. */
export function addressGroupOf(request: IncomingMessage): string {
  return addressGroup(addressOf(request));
}

/** The client's address, in a controller. */
export const ClientAddress = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  addressOf(context.switchToHttp().getRequest<FastifyRequest>().raw),
);

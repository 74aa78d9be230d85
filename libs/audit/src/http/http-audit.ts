import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { identityKey } from '@registrar/auth';
import type { IdentifiedRequest } from '@registrar/auth';
import { recordReadsBy } from '@registrar/endpoint';
import type { AuditedRead } from '@registrar/endpoint';
import { listenToRefusals, traceOf } from '@registrar/service';
import type { Problem } from '@registrar/service';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Auditor } from '../record/auditor.ts';
import { isPlainId, resourceOf } from '../rules/resource.rules.ts';

/** Gives the client's address of a request, where it is known. */
export type AddressOf = (request: FastifyRequest) => string | undefined;

/** Injects how addresses are found. */
export const ADDRESS_OF = Symbol('address of a request');

/**
 * Records what every app records of HTTP alike: each 403, and reads of the routes that their contracts say are audited.
 *
 * Guarantee: no read is answered without its record. Failure: such a read fails where the store is away.
 */
@Injectable()
export class HttpAudit implements OnModuleInit {
  constructor(
    private readonly auditor: Auditor,
    private readonly host: HttpAdapterHost,
    @Inject(ADDRESS_OF) private readonly addressOf: AddressOf,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    listenToRefusals(fastify, (problem, request) => this.refused(problem, request));
    recordReadsBy(fastify, (read) => this.recordRead(read));
  }

  private recordRead({ action, user, subjectId, request }: AuditedRead): Promise<void> {
    const known = isPlainId(subjectId) ? subjectId : null;
    return this.auditor.record({ actor: user, action, subjectId: known, ...this.placeOf(request) });
  }

  private refused({ code }: Problem, request: FastifyRequest): void {
    const actor = (request as unknown as IdentifiedRequest)[identityKey] ?? null;
    this.auditor.noteRefusal({
      actor,
      action: 'access_refused',
      outcome: 'refused',
      after: { method: request.method, code },
      ...this.placeOf(request),
    });
  }

  private placeOf(request: FastifyRequest) {
    const { url = '' } = request.routeOptions;
    return {
      resource: resourceOf(url, request.params as Record<string, unknown>),
      address: this.addressOf(request),
      traceId: traceOf(request.raw).traceId,
    };
  }
}

/** Behind the gateway, which says whose request it hands on. */
export const forwardedAddress: AddressOf = ({ headers }) => {
  const value = headers['x-forwarded-for'];
  return typeof value === 'string' ? value : undefined;
};

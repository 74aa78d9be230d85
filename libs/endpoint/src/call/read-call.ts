import { createHash } from 'node:crypto';
import { identityKey } from '@registrar/auth';
import type { IdentifiedRequest } from '@registrar/auth';
import type { Fault, Route, Schema } from '@registrar/contracts-http';
import { idempotentRequest } from '@registrar/idempotency';
import type { IdempotentRequest } from '@registrar/idempotency';
import { Problem, eventStreamType, faultsOf, unknownFields, validationFailed } from '@registrar/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bestType } from '../negotiation/accept.rules.ts';
import type { Call } from './call.ts';
import { EventRequest } from './event-request.ts';

const json = 'application/json';
const exchangeKey = Symbol('exchange');

/** A request and what it is answered with. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Makes a request into the call that a handler gets. */
export type CallReader = (exchange: Exchange) => Call<Route>;

/** The exchange that a call was read from; not for handlers. */
export function exchangeOf(call: object): Exchange {
  return (call as { [exchangeKey]: Exchange })[exchangeKey];
}

/**
 * Reads requests as the handler of `route` gets them.
 *
 * The reader throws Problem 422 with every fault of path, query and body at once; 415; 400 for a bad or missing
 * Idempotency-Key.
 */
export function readerOf(route: Route): CallReader {
  const types = typesOf(route);
  // A stream of everybody may not be kept either, as it never ends.
  const streamControl = route.stream === 'shared' ? 'no-cache' : route.cache.control;
  return (exchange) => {
    const { request, reply } = exchange;
    if (types) void reply.header('vary', 'Accept');
    const input = inputOf(route, request);
    const user = (request as unknown as IdentifiedRequest)[identityKey];
    const mediaType = types ? bestType(request.headers.accept, types) : json;
    const isStream = route.stream === 'always' || mediaType === eventStreamType;
    return {
      ...input,
      user,
      idempotency: keyOf(route, request, user?.id ?? ''),
      ifMatch: request.headers['if-match'],
      mediaType,
      events: isStream ? new EventRequest(request, reply, streamControl) : undefined,
      [exchangeKey]: exchange,
    } as Call<Route>;
  };
}

/** The media types among which `Accept` decides; undefined where there is one alone. */
function typesOf({ answers }: Route): readonly [string, ...string[]] | undefined {
  const others = Object.values(answers).flatMap(({ schema, alternatives = {} }) =>
    schema ? Object.keys(alternatives) : [],
  );
  return others.length === 0 ? undefined : [json, ...others];
}

/** Checks path and query, and the body with them, so that every fault is reported at once; but not a missing body. */
function inputOf({ params, query, body }: Route, request: FastifyRequest) {
  const found: Fault[] = [];
  const checked = (by: Schema, value: unknown): unknown => {
    const result = by['~standard'].validate(value);
    if (result instanceof Promise)
      throw new Error('A schema of a route is checked at once, without waiting.');
    if (!result.issues) return result.value;
    found.push(...faultsOf(result.issues, value));
    return undefined;
  };
  const refuse = () => {
    const faults = [...found, ...unknownFields(unknown)];
    if (faults.length > 0) throw validationFailed(faults);
  };
  const address = {
    params: params ? checked(params, request.params) : request.params,
    query: query ? checked(query, request.query) : {},
  };
  const unknown = query ? [] : Object.keys(request.query ?? {});
  if (request.body === undefined || Buffer.isBuffer(request.body)) refuse();
  if (Buffer.isBuffer(request.body) !== (typeof body === 'string')) throw wrongType(body);
  const input = {
    ...address,
    body: typeof body === 'object' ? checked(body, request.body) : body && request.body,
  };
  refuse();
  return input;
}

function wrongType(body: Route['body']): Problem {
  const wanted = typeof body === 'string' ? body : json;
  return new Problem(415, 'unsupported_media_type', `Send the body as ${wanted}.`, {
    params: { mediaType: wanted },
  });
}

function keyOf(
  { idempotency }: Route,
  { method, url, headers, body }: FastifyRequest,
  callerId: string,
): IdempotentRequest | undefined {
  if (idempotency === 'none') return undefined;
  // A file is remembered by its hash.
  const known = Buffer.isBuffer(body) ? createHash('sha256').update(body).digest('base64url') : body;
  const required = idempotency === 'required';
  return idempotentRequest({ method, url, headers, body: known }, callerId, { required });
}

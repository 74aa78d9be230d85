import { createHash } from 'node:crypto';
import { identityKey } from '@registrar/auth';
import type { IdentifiedRequest } from '@registrar/auth';
import type { Route, Schema, SchemaIssue } from '@registrar/contracts-http';
import { idempotentRequest } from '@registrar/dynamodb';
import type { IdempotentRequest } from '@registrar/dynamodb';
import { Problem, eventStreamType, faultsOf, unknownFields, validationFailed } from '@registrar/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bestType } from '../negotiation/accept.rules.ts';
import type { Call } from './call.ts';
import { EventRequest } from './event-request.ts';

const json = 'application/json';

/**
 * A request as the handler of `route` gets it.
 *
 * @throws Problem 422 with every fault of path, query and body at once; 415; 400 for a bad or missing Idempotency-Key
 */
export function readCall(route: Route, request: FastifyRequest, reply: FastifyReply): Call<Route> {
  const body = bodyOf(route, request);
  const input = inputOf(route, request, body);
  const user = (request as unknown as IdentifiedRequest)[identityKey];
  const { accept } = request.headers;
  const mediaType = offersOthers(route) ? bestType(accept, typesOf(route)) : json;
  const isStream = route.stream === 'always' || mediaType === eventStreamType;
  return {
    ...input,
    user,
    idempotency: keyOf(route, request, user?.id ?? '', body),
    ifMatch: request.headers['if-match'],
    mediaType,
    events: isStream ? new EventRequest(request, reply, streamControl(route)) : undefined,
  } as Call<Route>;
}

/** Whether `Accept` decides what the route answers. */
export function offersOthers({ answers }: Route): boolean {
  return Object.values(answers).some(({ schema, alternatives }) => schema && alternatives);
}

function typesOf({ answers }: Route): readonly [string, ...string[]] {
  return [json, ...Object.values(answers).flatMap(({ alternatives = {} }) => Object.keys(alternatives))];
}

/** A stream of everybody may not be kept either, as it never ends. */
function streamControl({ cache, stream }: Route): string {
  return stream === 'shared' ? 'no-cache' : cache.control;
}

function bodyOf({ body }: Route, request: FastifyRequest): unknown {
  if (Buffer.isBuffer(request.body) === (typeof body === 'string')) return request.body;
  throw new Problem(
    415,
    'unsupported_media_type',
    `Send the body as ${typeof body === 'string' ? body : json}.`,
  );
}

function inputOf(route: Route, { params, query }: FastifyRequest, body: unknown) {
  const issues: SchemaIssue[] = [];
  const checked = (schema: Schema, value: unknown): unknown => {
    const result = schema['~standard'].validate(value);
    if (result instanceof Promise)
      throw new Error('A schema of a route is checked at once, without waiting.');
    if (!result.issues) return result.value;
    issues.push(...result.issues);
    return undefined;
  };
  const input = {
    params: route.params ? checked(route.params, params) : params,
    query: route.query ? checked(route.query, query) : {},
    body: typeof route.body === 'object' ? checked(route.body, body) : route.body && body,
  };
  const faults = [...faultsOf(issues), ...(route.query ? [] : unknownFields(Object.keys(query ?? {})))];
  if (faults.length > 0) throw validationFailed(faults);
  return input;
}

function keyOf(
  { idempotency }: Route,
  { method, url, headers }: FastifyRequest,
  callerId: string,
  body: unknown,
): IdempotentRequest | undefined {
  if (idempotency === 'none') return undefined;
  // A file is remembered by its hash.
  const known = Buffer.isBuffer(body) ? createHash('sha256').update(body).digest('base64url') : body;
  const required = idempotency === 'required';
  return idempotentRequest({ method, url, headers, body: known }, callerId, { required });
}

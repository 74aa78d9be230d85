import type { Route } from '@registrar/contracts-http';

type Codes = Record<number, string[]>;

/** Every problem code that a route may answer, by status: what it names, and what follows from its shape. */
export function problemCodes(route: Route): Codes {
  const codes: Codes = {};
  const add = (status: number, ...more: string[]) => {
    codes[status] = [...new Set([...(codes[status] ?? []), ...more])];
  };
  for (const [status, named] of Object.entries(route.problems ?? {})) add(Number(status), ...named);
  addOfAnyRequest(add);
  add(429, 'rate_limited');
  if (route.limit === 'operations') return codes;
  addOfShape(route, add);
  add(503, 'overloaded', 'service_unavailable');
  if (route.service !== 'gateway') add(504, 'upstream_timeout');
  return codes;
}

/** What is answered before a route is found, or by any: a line or headers that cannot be read, unknown parameters. */
function addOfAnyRequest(add: (status: number, ...codes: string[]) => void): void {
  add(400, 'bad_request');
  add(408, 'request_timeout');
  add(422, 'validation_failed');
  add(431, 'headers_too_large');
}

function addOfShape(route: Route, add: (status: number, ...codes: string[]) => void): void {
  const { method, caller, body, idempotency, conditional } = route;
  add(400, 'invalid_path');
  // A token that is sent must be good, also where none is needed.
  add(401, 'unauthorized');
  if (!['anonymous', 'public', 'signed-in'].includes(String(caller))) add(403, 'forbidden');
  if (caller !== 'anonymous' && caller !== 'public') add(403, 'insufficient_scope');
  // What a write would bring must fit into the store.
  if (method !== 'GET') {
    add(409, 'change_refused');
    // A body that comes is read, also where none is taken.
    add(413, 'payload_too_large');
    add(415, 'unsupported_media_type');
    if (typeof body !== 'string') add(400, 'invalid_json');
  }
  if (idempotency !== 'none') {
    add(400, 'invalid_idempotency_key');
    add(409, 'request_in_progress');
    add(422, 'idempotency_key_reused');
  }
  if (idempotency === 'required') add(400, 'idempotency_key_required');
  if (conditional === 'if-match') {
    add(412, 'version_conflict');
    add(428, 'precondition_required');
  }
}

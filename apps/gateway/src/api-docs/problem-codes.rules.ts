import type { Operation } from './operation.ts';

type Codes = Record<number, string[]>;

/** Every problem code that an operation may answer, by status: what it names, and what follows from its shape. */
export function problemCodes(operation: Operation): Codes {
  const codes: Codes = {};
  const add = (status: number, ...more: string[]) => {
    codes[status] = [...new Set([...(codes[status] ?? []), ...more])];
  };
  for (const [status, named] of Object.entries(operation.codes ?? {})) add(Number(status), ...named);
  addOfAnyRequest(add);
  if (operation.path.startsWith('/health/')) {
    add(429, 'rate_limited');
    if (operation.path.endsWith('/ready')) add(503, 'unavailable');
    return codes;
  }
  addOfShape(operation, add);
  add(429, 'rate_limited');
  add(503, 'overloaded', 'service_unavailable');
  if (!operation.own) add(504, 'upstream_timeout');
  return codes;
}

/** What is answered before a route is found, or by any: a line or headers that cannot be read, unknown parameters. */
function addOfAnyRequest(add: (status: number, ...codes: string[]) => void): void {
  add(400, 'bad_request');
  add(408, 'request_timeout');
  add(422, 'validation_failed');
  add(431, 'headers_too_large');
}

function addOfShape(operation: Operation, add: (status: number, ...codes: string[]) => void): void {
  const { method, caller, body, idempotencyKey, ifMatch } = operation;
  add(400, 'invalid_path');
  // A token that is sent must be good, also where none is needed.
  add(401, 'unauthorized');
  if (caller !== 'public' && caller !== 'signed-in') add(403, 'forbidden');
  // What a write would bring must fit into the store.
  if (method !== 'get') add(409, 'change_refused');
  if (body) {
    add(413, 'payload_too_large');
    add(415, 'unsupported_media_type');
    if ('schema' in body) add(400, 'invalid_json');
  }
  if (idempotencyKey) {
    add(400, 'invalid_idempotency_key');
    add(409, 'request_in_progress');
    add(422, 'idempotency_key_reused');
  }
  if (idempotencyKey === 'required') add(400, 'idempotency_key_required');
  if (ifMatch) {
    add(412, 'version_conflict');
    add(428, 'precondition_required');
  }
}

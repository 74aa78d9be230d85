import { currentTrace, Problem } from '@registrar/service';
import { createHash } from 'node:crypto';
import { canonicalJson } from '@registrar/dynamodb';

/** One POST that its caller may send again, as far as recognising it needs. */
export interface IdempotentRequest {
  /** Key of the stored record: hash of caller and `Idempotency-Key`, so that callers never meet. */
  id: string;
  /** Hash of method, path with query, and body: what must be equal for the stored answer to be the right one. */
  fingerprint: string;
  /** The user whose personal data the answer has, so that it is found when that user is erased. */
  about?: string;
  /** Trace id of this try, stored with a refusal so that the replayed problem is the first one whole. */
  traceId?: string;
}

/** The parts of an HTTP request that identify it; a FastifyRequest fits. */
interface RequestParts {
  method: string;
  /** Path and query string. */
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body?: unknown;
}

const header = 'idempotency-key';
const visibleAscii = /^[\x21-\x7e]{1,255}$/;

/**
 * What `request` is remembered as, or undefined where it has no key and needs none.
 *
 * @param callerId who asks; the same key of another caller is another request
 * @throws Problem 400 `idempotency_key_required` where `required` and absent, 400 `invalid_idempotency_key`
 */
export function idempotentRequest(
  request: RequestParts,
  callerId: string,
  { required = false } = {},
): IdempotentRequest | undefined {
  const key = request.headers[header];
  if (key === undefined) {
    if (!required) return undefined;
    throw new Problem(400, 'idempotency_key_required', 'Send an Idempotency-Key header with this request.');
  }
  const traceId = currentTrace()?.traceId;
  return {
    id: requestId(callerId, validateKey(key)),
    fingerprint: fingerprintOf(request),
    ...(traceId !== undefined && { traceId }),
  };
}

/** The key as it is, if it is 1..255 visible ASCII; otherwise throws Problem 400 `invalid_idempotency_key`. */
export function validateKey(key: string | string[]): string {
  if (typeof key === 'string' && visibleAscii.test(key)) return key;
  const detail = 'An Idempotency-Key is one value of 1 to 255 visible ASCII characters.';
  throw new Problem(400, 'invalid_idempotency_key', detail);
}

/** The record's key: a hash, so that it has one length and reveals nothing. */
export function requestId(callerId: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([callerId, key]))
    .digest('base64url');
}

/** Equal for the same method, path, query and body, whatever the order of the body's members. */
export function fingerprintOf({ method, url, body }: Omit<RequestParts, 'headers'>): string {
  return createHash('sha256')
    .update(canonicalJson([method, url, body ?? null]))
    .digest('base64url');
}

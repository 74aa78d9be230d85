/**
 * What went wrong with a call, as far as the next step depends on it.
 *
 * - `throttled`, `unavailable`: refused, nothing was done; worth another try.
 * - `lost`: no answer came; it may have been done or not.
 * - `conflict`: another transaction held an item; nothing was done; worth another try.
 * - `condition`: a condition did not hold. `cancelled`: a transaction failed for its own reasons.
 * - `refused`: the call itself is wrong; another try changes nothing.
 */
export type Fault = 'throttled' | 'unavailable' | 'lost' | 'conflict' | 'condition' | 'cancelled' | 'refused';

const throttles = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'LimitExceededException',
  'TooManyRequestsException',
]);
const conflicts = new Set([
  'TransactionConflictException',
  'TransactionInProgressException',
  'ReplicatedWriteConflictException',
]);
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const cutOff = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE']);

/** The kind of an error that the SDK threw. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return 'refused';
  const { name } = error;
  if (throttles.has(name)) return 'throttled';
  if (conflicts.has(name)) return 'conflict';
  if (name === 'ConditionalCheckFailedException') return 'condition';
  if (name === 'TransactionCanceledException') return faultOfReasons(reasonCodes(error));
  return connectionFault(error) ?? 'refused';
}

/**
 * Why one action of a cancelled transaction did not go through.
 *
 * - `none`: it would have.
 * - `condition`: its condition did not hold: decide on what is there now.
 * - `conflict`: another transaction holds its item. `throttled`: its table or index takes no more now. Both pass.
 * - `refused`: the store does not take this action, however often it is sent: an item that is too large, a value of
 *   the wrong type.
 */
export type ReasonKind = 'none' | 'condition' | 'conflict' | 'throttled' | 'refused';

const kinds = new Map<string, ReasonKind>([
  ['None', 'none'],
  ['ConditionalCheckFailed', 'condition'],
  ['TransactionConflict', 'conflict'],
  ['ProvisionedThroughputExceeded', 'throttled'],
  ['RequestLimitExceeded', 'throttled'],
  ['InternalServerError', 'conflict'],
]);

/**
 * The kind of a reason's code. The reasons of the API are None, ConditionalCheckFailed, TransactionConflict,
 * ProvisionedThroughputExceeded, ThrottlingError, ItemCollectionSizeLimitExceeded and ValidationError; the others
 * here are of its list for statements. What is not known is `refused`, so that it is not repeated without end.
 */
export function reasonKind(code: string): ReasonKind {
  return kinds.get(code) ?? (code.startsWith('Throttling') ? 'throttled' : 'refused');
}

/** Why a transaction was cancelled, taken together: the fault of its worst reason. */
function faultOfReasons(codes: string[]): Fault {
  const failed = new Set(codes.map(reasonKind));
  failed.delete('none');
  if (failed.size === 0 || failed.has('condition') || failed.has('refused')) return 'cancelled';
  return failed.has('conflict') ? 'conflict' : 'throttled';
}

function reasonCodes(error: Error): string[] {
  const reasons = 'CancellationReasons' in error ? error.CancellationReasons : undefined;
  if (!Array.isArray(reasons)) return [];
  return reasons.map((reason: { Code?: string }) => reason.Code ?? 'None');
}

function connectionFault(error: Error): Fault | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // The handler names a connection that was not made in time like one that gave no answer, but for the text.
  if (error.name === 'TimeoutError')
    return /establish a connection/.test(error.message) ? 'unavailable' : 'lost';
  if (notSent.has(code)) return 'unavailable';
  if (cutOff.has(code)) return 'lost';
  const status = httpStatus(error);
  // An internal error of the service does not say whether a write was done.
  if (status !== undefined && status >= 500) return status === 503 ? 'unavailable' : 'lost';
  // An answer that is cut off in its body cannot be parsed.
  if (error instanceof SyntaxError) return 'lost';
  return error.cause instanceof Error ? connectionFault(error.cause) : undefined;
}

function httpStatus(error: Error): number | undefined {
  if (!('$metadata' in error) || typeof error.$metadata !== 'object' || error.$metadata === null)
    return undefined;
  const status = 'httpStatusCode' in error.$metadata ? error.$metadata.httpStatusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** True where another try of the same call may succeed. */
export function isPassing(fault: Fault): boolean {
  return fault === 'throttled' || fault === 'unavailable' || fault === 'lost' || fault === 'conflict';
}

import type { ChangeResult } from '@registrar/contracts-enrollments';
import type { ProblemBody as Problem } from '@registrar/contracts-http';

/** Problem details (RFC 9457) as far as the portal reads them. */
export type ProblemBody = Pick<Problem, 'status' | 'code' | 'detail'> &
  Partial<Problem> & {
    /** Of a refused set of changes: what would come of each of its entries. */
    readonly results?: readonly ChangeResult[];
  };

/** The API refused: its answer is final unless `isBusy`. */
export class ApiProblem extends Error {
  readonly body: ProblemBody;
  /** How long the server asks to wait, in ms; undefined where it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(body: ProblemBody, retryAfterMs?: number) {
    super(body.detail);
    this.name = 'ApiProblem';
    this.body = body;
    this.retryAfterMs = retryAfterMs;
  }

  /** The server is busy or this caller is over its rate: nothing was done, and a later try may pass. */
  get isBusy(): boolean {
    return this.body.status === 503 || this.body.code === 'rate_limited';
  }

  /** The answer got lost behind the gateway: the write may have been committed. */
  get isUnknown(): boolean {
    return this.body.status === 504 || this.body.status === 502;
  }
}

/** No answer came: offline, or the connection broke. Whether a write was committed is not known. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super('The server cannot be reached.', { cause });
    this.name = 'Unreachable';
  }
}

/** The session has ended: the reader signs in again, and nothing typed is lost. */
export class SessionEnded extends Error {
  constructor() {
    super('The session has ended.');
    this.name = 'SessionEnded';
  }
}

/** What a response that is no success says, whatever its form. Never throws. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfterMs = retryAfter(response.headers.get('retry-after'));
  try {
    const body: unknown = await response.json();
    if (isProblem(body)) return new ApiProblem(body, retryAfterMs);
  } catch {
    // Not JSON: an intermediary answered.
  }
  return new ApiProblem(
    {
      status: response.status,
      code: response.status === 503 ? 'service_unavailable' : 'unexpected_answer',
      detail: `The server answered ${response.status}.`,
    },
    retryAfterMs,
  );
}

function isProblem(body: unknown): body is ProblemBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    typeof (body as ProblemBody).code === 'string' &&
    typeof (body as ProblemBody).detail === 'string' &&
    typeof (body as ProblemBody).status === 'number'
  );
}

/** `Retry-After` in ms: seconds, or a date. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

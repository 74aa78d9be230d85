import { STATUS_CODES } from 'node:http';
import { Problem } from './problem.ts';

/** The body of an error answer, RFC 9457 with `code` and `traceId`. */
interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance: string;
  code: string;
  traceId: string;
  [member: string]: unknown;
}

/** Content type of every error answer. */
export const problemContentType = 'application/problem+json; charset=utf-8';

/** The document of `problem` for the request of path `instance`. */
export function problemDocument(problem: Problem, instance: string, traceId: string): ProblemDocument {
  return {
    type: `urn:registrar:problem:${problem.code}`,
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.detail,
    instance,
    code: problem.code,
    traceId,
    ...(problem.extras.params && { params: problem.extras.params }),
    ...problem.extras.members,
  };
}

const byStatus: Record<number, [code: string, detail: string]> = {
  404: ['not_found', 'There is nothing at this path.'],
  413: ['payload_too_large', 'The body is too large: JSON may have 1 MiB, an imported file 8 MiB.'],
  415: ['unsupported_media_type', 'The body is of a type that is not taken here; send application/json.'],
};

/**
 * Any error as a problem: one of ours as it is, one of the HTTP layer under its own code, everything else as
 * 500 `internal_error` without a word of what went wrong.
 */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { status, statusCode } = (error ?? {}) as { status?: unknown; statusCode?: unknown };
  const httpStatus = Number(statusCode ?? status);
  if (httpStatus >= 400 && httpStatus < 500) {
    const [code, detail] = byStatus[httpStatus] ?? ['bad_request', 'The request is not valid.'];
    return new Problem(httpStatus, code, detail, { cause: error });
  }
  return new Problem(500, 'internal_error', 'Something went wrong on our side.', { cause: error });
}

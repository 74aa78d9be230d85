import { describe, expect, it } from 'vitest';
import { problemDocument, toProblem } from './problem-document.ts';
import { Problem, validationFailed } from './problem.ts';

describe('problem details', () => {
  it('carries the code, the trace and further members beside the RFC 9457 ones', () => {
    const problem = new Problem(409, 'time_conflict', 'MATH-1 meets at the same time.', {
      members: { conflicts: ['crs_a'] },
    });
    expect(problemDocument(problem, '/api/enrollments', 't1')).toEqual({
      type: 'urn:registrar:problem:time_conflict',
      title: 'Conflict',
      status: 409,
      detail: 'MATH-1 meets at the same time.',
      instance: '/api/enrollments',
      code: 'time_conflict',
      traceId: 't1',
      conflicts: ['crs_a'],
    });
  });

  it('lists every fault of an invalid input', () => {
    const faults = [
      { path: 'a', code: 'required', message: 'x' },
      { path: 'b.0', code: 'too_long', message: 'y', params: { max: 3 } },
    ] as const;
    expect(problemDocument(validationFailed(faults), '/', 't').errors).toEqual(faults);
  });

  it.each([
    ['FST_ERR_CTP_BODY_TOO_LARGE', 413, 'payload_too_large'],
    ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 415, 'unsupported_media_type'],
  ])('names %s by its own code', (code, status, expected) => {
    expect(toProblem(Object.assign(new Error(code), { code, statusCode: status }))).toMatchObject({
      status,
      code: expected,
    });
  });

  it('says nothing of an unexpected error', () => {
    const problem = toProblem(new Error('password=hunter2'));
    expect(problem).toMatchObject({ status: 500, code: 'internal_error' });
    expect(JSON.stringify(problemDocument(problem, '/', 't'))).not.toContain('hunter2');
  });

  it('takes anything that can be thrown', () => {
    for (const thrown of [undefined, null, 'text', 42, {}, { statusCode: 'x' }])
      expect(toProblem(thrown).status).toBe(500);
  });
});

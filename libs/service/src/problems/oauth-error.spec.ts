import { describe, expect, it } from 'vitest';
import { oauthErrorOf } from './oauth-error.ts';
import { Problem, overloaded, validationFailed } from './problem.ts';

describe('an error as OAuth says it', () => {
  it.each([
    [new Problem(400, 'invalid_scope', 'None.'), 400, 'invalid_scope'],
    [new Problem(401, 'invalid_client', 'No.'), 401, 'invalid_client'],
    [new Problem(400, 'invalid_json', 'The body is not valid JSON.'), 400, 'invalid_request'],
    [new Problem(415, 'unsupported_media_type', 'Send a form.'), 400, 'invalid_request'],
  ])('has the code that the standard has: %s', (problem, status, error) => {
    expect(oauthErrorOf(problem)).toEqual({
      status,
      body: { error, error_description: problem.detail },
    });
  });

  it('is none for what the standard has no word for', () => {
    for (const problem of [overloaded(), validationFailed([]), new Problem(429, 'rate_limited', 'Wait.')])
      expect(oauthErrorOf(problem)).toBeUndefined();
  });

  it('describes itself in the characters that the standard has', () => {
    const { body } = oauthErrorOf(new Problem(400, 'invalid_request', 'A "b\\c" é.\n')) ?? {};
    expect(body?.error_description).toBe("A 'b'c' '.'");
  });
});

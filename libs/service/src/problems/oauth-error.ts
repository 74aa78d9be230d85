import type { FastifyRequest } from 'fastify';
import type { Problem } from './problem.ts';

/** Fastify's config of a route whose 400 and 401 are said as OAuth says them. */
export const oauthErrors = { errors: 'oauth' } as const;

/** The body of a refusal by OAuth (RFC 6749, 5.2). */
interface OAuthError {
  status: 400 | 401;
  body: { error: string; error_description: string };
}

const badRequest = new Set([
  'invalid_request',
  'invalid_grant',
  'invalid_scope',
  'unauthorized_client',
  'unsupported_grant_type',
]);

/** Whether the route that `request` is for says its errors as OAuth does. */
export function usesOAuthErrors({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as { errors?: unknown }).errors === oauthErrors.errors;
}

/**
 * `problem` as OAuth says it: any body that cannot be read is `invalid_request`. Undefined for what OAuth has no word
 * for, such as overload or an unknown query; that stays a problem.
 */
export function oauthErrorOf({ status, code, detail }: Problem): OAuthError | undefined {
  // The standard has neither quotes nor backslashes in a description.
  const description = detail.replaceAll(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "'");
  if (status === 401) return { status, body: { error: code, error_description: description } };
  if (status !== 400 && status !== 415) return undefined;
  const error = badRequest.has(code) ? code : 'invalid_request';
  return { status: 400, body: { error, error_description: description } };
}

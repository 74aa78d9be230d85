import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { SignInRefused } from '../sign-in-refused.ts';
import { ProviderUnavailable } from './provider-fetch.ts';

/** Errors that a provider sends people back with when it is the one that fails (RFC 6749). */
const itsOwn = new Set(['server_error', 'temporarily_unavailable']);

/** Causes that are looked at. */
const depth = 5;

/** What a failed exchange with a provider comes to: it was away, or it or we refused. */
export function refusalOf(error: unknown): SignInRefused {
  if (error instanceof AuthorizationResponseError) {
    const code = itsOwn.has(error.error) ? 'provider_unavailable' : 'provider_refused';
    return new SignInRefused(code, `authorization error ${wordOf(error.error)}`);
  }
  const away = unavailabilityIn(error);
  if (away) return new SignInRefused('provider_unavailable', away.message);
  if (error instanceof ResponseBodyError)
    return new SignInRefused('provider_refused', `token error ${wordOf(error.error)}`);
  return new SignInRefused('provider_refused', error instanceof Error ? messagesOf(error) : undefined);
}

function unavailabilityIn(error: unknown): ProviderUnavailable | undefined {
  return causesOf(error).find((cause) => cause instanceof ProviderUnavailable);
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (
    let at = error;
    at !== undefined && causes.length < depth;
    at = (at as { cause?: unknown } | null)?.cause
  )
    causes.push(at);
  return causes;
}

/** The library's own words: they name claims, and never repeat a value. */
function messagesOf(error: Error): string {
  return causesOf(error)
    .flatMap((cause) => (cause instanceof Error ? [cause.message] : []))
    .join(': ')
    .slice(0, 300);
}

/** A code from outside, fit for a log. */
function wordOf(code: string): string {
  return code.replace(/[^\w.-]/g, '?').slice(0, 60);
}

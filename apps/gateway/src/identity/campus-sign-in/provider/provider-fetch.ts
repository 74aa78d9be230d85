import type { CustomFetch } from 'openid-client';

/** Most bytes of an answer of a provider: its metadata and keys are a few KB. */
const answerLimitBytes = 1_048_576;

/** Statuses whose answers have no body. */
const bodiless = new Set([101, 204, 205, 304]);

/** A provider did not answer, or not with anything of use. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** How the library calls a provider. */
type ProviderFetch = (url: string, options: Parameters<CustomFetch>[1]) => Promise<Response>;

/**
 * Calls a provider.
 *
 * Guarantee: an answer is whole and at most 1 MiB; a redirect is not followed. Failure: ProviderUnavailable where there
 * is no answer in time, a 5xx or 429, or more than that.
 */
export const providerFetch: ProviderFetch = async (url, options) => {
  const { origin, pathname } = new URL(url);
  const at = `${origin}${pathname}`;
  try {
    const response = await fetch(url, { ...options, redirect: 'manual' } as RequestInit);
    const { status, headers } = response;
    if (status >= 500 || status === 429) {
      await response.body?.cancel();
      throw new ProviderUnavailable(`${at} answered ${status}`);
    }
    const bytes = await whole(response, at);
    return new Response(bodiless.has(status) ? null : bytes, { status, headers });
  } catch (error) {
    if (error instanceof ProviderUnavailable) throw error;
    throw new ProviderUnavailable(`${at} did not answer`, { cause: error });
  }
};

async function whole({ body }: Response, at: string): Promise<Buffer<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels what is still to come.
  for await (const piece of body ?? []) {
    size += piece.length;
    if (size > answerLimitBytes)
      throw new ProviderUnavailable(`${at} sent more than ${answerLimitBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

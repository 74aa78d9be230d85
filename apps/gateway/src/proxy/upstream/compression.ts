import { CachedBody, formFor, varyOnEncoding } from '@registrar/cache';
import type { UpstreamAnswer } from './answer.ts';

/** Smaller bodies are sent plain, bytes. */
const minCompressibleBytes = 1_024;
const compressible = /^(?:application\/(?:problem\+)?json|text\/csv)\b/;

/** Whether a plain response of a service is compressed for a client that accepts it. */
export function isCompressible({ headers, body }: UpstreamAnswer, accept: string | undefined): boolean {
  if (accept === undefined || body.length <= minCompressibleBytes) return false;
  return (
    headers['content-encoding'] === undefined && compressible.test(String(headers['content-type'] ?? ''))
  );
}

/** The response in the best encoding that the client accepts, with the encoding in its tag. */
export async function compressed(
  answer: UpstreamAnswer,
  accept: string | undefined,
): Promise<UpstreamAnswer> {
  const { encoding, bytes } = await formFor(CachedBody.of(answer.body, '-'), accept);
  if (encoding === 'identity') return answer;
  const { etag } = answer.headers;
  const headers: UpstreamAnswer['headers'] = {
    ...answer.headers,
    'content-encoding': encoding,
    vary: varyOnEncoding(answer.headers['vary']),
    ...(typeof etag === 'string' ? { etag: etag.replace(/"$/, `-${encoding}"`) } : {}),
  };
  return { ...answer, headers, body: bytes };
}

/**
 * The tags of an `If-None-Match`, each also as the service gave it: without the suffix of the encoding.
 */
export function withUpstreamTags(ifNoneMatch: string): string {
  const plain = [...ifNoneMatch.matchAll(/"([^"]*)-(?:br|gzip)"/g)].map(([, tag = '']) => `"${tag}"`);
  return plain.length === 0 ? ifNoneMatch : `${ifNoneMatch}, ${plain.join(', ')}`;
}

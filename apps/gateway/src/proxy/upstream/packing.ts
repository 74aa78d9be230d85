import { CachedBody, formFor, varyOnEncoding } from '@registrar/cache';
import type { UpstreamAnswer } from './answer.ts';

/** Smaller bodies are not worth it. */
const packAboveBytes = 1_024;
const packable = /^(?:application\/(?:problem\+)?json|text\/csv)\b/;

/** Whether an answer that a service sent plain is worth packing for a client that takes that. */
export function isWorthPacking({ headers, body }: UpstreamAnswer, accept: string | undefined): boolean {
  if (accept === undefined || body.length <= packAboveBytes) return false;
  return headers['content-encoding'] === undefined && packable.test(String(headers['content-type'] ?? ''));
}

/** The same answer in the best encoding that the client takes, under a tag of its own. */
export async function packed(answer: UpstreamAnswer, accept: string | undefined): Promise<UpstreamAnswer> {
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
 * The tags of an `If-None-Match`, each also as the service knows it: without the encoding that was put to it
 * here.
 */
export function tagsAsServicesKnowThem(ifNoneMatch: string): string {
  const plain = [...ifNoneMatch.matchAll(/"([^"]*)-(?:br|gzip)"/g)].map(([, tag = '']) => `"${tag}"`);
  return plain.length === 0 ? ifNoneMatch : `${ifNoneMatch}, ${plain.join(', ')}`;
}

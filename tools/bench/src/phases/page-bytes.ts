import { request } from 'node:http';
import { cataloguePath } from '../mix/mix.ts';
import type { PageBytes } from '../report/bench-record.ts';

interface Sized {
  readonly bytes: number;
  readonly tag: string;
}

/** Bytes of an answer as they travel, head and body, without unpacking. */
function sizeOf(url: string, headers: Record<string, string>): Promise<Sized> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent: false }, (response) => {
      let bytes = response.rawHeaders.reduce((sum, part) => sum + part.length + 2, 17);
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => resolve({ bytes, tag: String(response.headers.etag) }));
      response.on('error', reject);
    });
    sent.on('error', reject).end();
  });
}

/** What a catalogue page comes to, by how the client takes it. */
export async function pageBytes(url: string): Promise<PageBytes> {
  const path = url + cataloguePath({ semesterId: 'bench-current', departmentId: 'CS' });
  const identity = await sizeOf(path, { 'accept-encoding': 'identity' });
  const gzip = await sizeOf(path, { 'accept-encoding': 'gzip' });
  const br = await sizeOf(path, { 'accept-encoding': 'br' });
  const again = await sizeOf(path, { 'accept-encoding': 'br', 'if-none-match': br.tag });
  return { identity: identity.bytes, gzip: gzip.bytes, br: br.bytes, notModified: again.bytes };
}

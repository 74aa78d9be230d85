import { cataloguePath } from '../mix/mix.ts';
import type { PageBytes } from '../report/bench-record.ts';
import { once } from './jobs.ts';
import type { BenchRun } from './measure.ts';

/** Bytes of a catalogue page over the wire, head and body, by how the client accepts it. */
export async function pageBytes({ bench: { url }, generators: { main } }: BenchRun): Promise<PageBytes> {
  const path = cataloguePath({ semesterId: 'bench-current', departmentId: 'CS' });
  const bytesOf = async (headers: Record<string, string>): Promise<number> => {
    const { bytes } = await main.runJob(once(url, [{ endpoint: path, method: 'GET', path, headers }], 1));
    return bytes;
  };
  const br = { 'accept-encoding': 'br' };
  const page = await fetch(url + path, { headers: br });
  await page.arrayBuffer();
  return {
    identity: await bytesOf({ 'accept-encoding': 'identity' }),
    gzip: await bytesOf({ 'accept-encoding': 'gzip' }),
    br: await bytesOf(br),
    notModified: await bytesOf({ ...br, 'if-none-match': page.headers.get('etag') ?? '' }),
  };
}

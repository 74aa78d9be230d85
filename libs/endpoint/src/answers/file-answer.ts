import { pipeline } from 'node:stream';
import type { Readable, Transform } from 'node:stream';
import { createBrotliCompress, createGzip } from 'node:zlib';
import { StreamableFile } from '@nestjs/common';
import { acceptedEncodings } from '@registrar/cache';
import type { Encoding } from '@registrar/cache';

/** `last` as the end of `source`: what goes wrong in any part is an error of the last one, which its reader gets. */
export function through(source: Readable, last: Transform): Transform {
  return pipeline(source, last, (error) => {
    if (error) last.destroy(error);
  });
}

/** What is packed already does not get smaller. */
const packed = 'application/zip';

/** The file in the best encoding that the client takes. */
export function encodedFile(
  file: StreamableFile,
  accept: string | undefined,
): { file: StreamableFile; encoding: Encoding } {
  const isPacked = file.getHeaders().type === packed;
  const [encoding = 'identity'] = isPacked ? [] : acceptedEncodings(accept);
  if (encoding === 'identity') return { file, encoding };
  const packer = encoding === 'br' ? createBrotliCompress() : createGzip();
  const { type, disposition } = file.getHeaders();
  const options = {
    ...(type !== undefined && { type }),
    ...(disposition !== undefined && { disposition: String(disposition) }),
  };
  return { file: new StreamableFile(through(file.getStream(), packer), options), encoding };
}

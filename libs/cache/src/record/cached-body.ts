import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** A content coding that a body can be kept in besides its plain form. */
export type Coding = 'br' | 'gzip';

/** Bodies up to this size are never compressed: the gain is smaller than the work. */
export const compressAboveBytes = 1_024;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Brotli 5 packs JSON about as well as gzip 9 in a fifth of the default level's time. */
const brotliQuality = 5;

/**
 * The bytes of one answer, with what is needed to send them: a strong tag over the bytes, and their
 * compressed forms, each made once, at the first request for it, off the main thread.
 *
 * Guarantee: a form is only kept where it is smaller than the plain bytes. The bytes are never changed.
 * Failure: a form that could not be made counts as not worth having; the plain bytes always work.
 */
export class CachedBody {
  private readonly forms = new Map<Coding, Buffer | Promise<Buffer | undefined> | undefined>();

  private constructor(
    readonly bytes: Buffer,
    /** 22 characters of base64url over SHA-256: the opaque part of a strong ETag. */
    readonly tag: string,
  ) {}

  /** A body of these bytes; `tag` where it is known already (it was stored beside them). */
  static of(bytes: Uint8Array | string, tag?: string): CachedBody {
    const buffer =
      typeof bytes === 'string'
        ? Buffer.from(bytes, 'utf8')
        : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new CachedBody(buffer, tag ?? tagOf(buffer));
  }

  /** The most this body may ever hold: the plain bytes and two forms that are smaller than them. */
  get maxSizeBytes(): number {
    return this.bytes.length > compressAboveBytes ? this.bytes.length * 3 : this.bytes.length;
  }

  /** The bytes in a coding: at once where they exist, undefined where the plain bytes are better. */
  form(coding: Coding): Buffer | Promise<Buffer | undefined> | undefined {
    if (this.bytes.length <= compressAboveBytes) return undefined;
    if (this.forms.has(coding)) return this.forms.get(coding);
    const making = this.make(coding);
    this.forms.set(coding, making);
    return making;
  }

  /**
   * The same body in memory of its own. What a socket delivered is a window into a far larger chunk, and
   * would keep all of it alive for as long as the body is cached.
   */
  owned(): CachedBody {
    if (this.bytes.buffer.byteLength <= this.bytes.length + 64) return this;
    const copy = Buffer.allocUnsafeSlow(this.bytes.length);
    this.bytes.copy(copy);
    return new CachedBody(copy, this.tag);
  }

  private async make(coding: Coding): Promise<Buffer | undefined> {
    const made = await compress(coding, this.bytes).catch(() => undefined);
    const form = made !== undefined && made.length < this.bytes.length ? made : undefined;
    this.forms.set(coding, form);
    return form;
  }
}

function compress(coding: Coding, bytes: Buffer): Promise<Buffer> {
  if (coding === 'gzip') return zip(bytes, { level: 6 });
  return brotli(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

function tagOf(bytes: Buffer): string {
  return hash('sha256', bytes, 'base64url').slice(0, 22);
}

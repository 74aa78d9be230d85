import { Problem } from '@registrar/service';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../canonical/canonical-json.ts';

/** A longer cursor is refused unread, and never given out. */
export const maxCursorLength = 1_024;

const macBytes = 16;

/**
 * Paging cursors: opaque to clients, tamper-proof, and good only for the query they came from.
 *
 * A cursor is base64url of an HMAC-SHA256 (its first 128 bits) over query and position, then the position. The
 * position is readable to a client that decodes it, so it must hold nothing that the caller may not see.
 */
export class CursorCodec {
  /** @param secret at least 32 characters, the same on every instance of the service */
  constructor(private readonly secret: string) {
    if (secret.length < 32) throw new Error('the cursor secret needs at least 32 characters');
  }

  /**
   * @param query what the cursor belongs to: the route's name, its filters, and the caller for own data
   * @param position where the next page starts
   */
  encode(query: object, position: object): string {
    const text = Buffer.from(JSON.stringify(position));
    const cursor = Buffer.concat([this.mac(query, text), text]).toString('base64url');
    if (cursor.length > maxCursorLength)
      throw new RangeError(`a cursor of ${cursor.length} characters is too long`);
    return cursor;
  }

  /**
   * The position that `encode` was given for the same query; undefined without a cursor.
   *
   * @throws Problem 400 `invalid_cursor` for one that is forged, cut off, not ours, or of another query
   */
  decode<T extends object>(query: object, cursor: string | undefined): T | undefined {
    if (cursor === undefined) return undefined;
    if (cursor.length > maxCursorLength) throw invalidCursor();
    const bytes = Buffer.from(cursor, 'base64url');
    const text = bytes.subarray(macBytes);
    // The decoder skips what is not base64url: only the very text that was given out is a cursor.
    if (text.length === 0 || bytes.toString('base64url') !== cursor) throw invalidCursor();
    if (!timingSafeEqual(bytes.subarray(0, macBytes), this.mac(query, text))) throw invalidCursor();
    return JSON.parse(text.toString()) as T;
  }

  private mac(query: object, position: Buffer): Buffer {
    const asked = canonicalJson(query);
    // The length keeps the border between the two parts.
    return createHmac('sha256', this.secret)
      .update(`cursor.v1:${asked.length}:${asked}`)
      .update(position)
      .digest()
      .subarray(0, macBytes);
  }
}

function invalidCursor(): Problem {
  return new Problem(
    400,
    'invalid_cursor',
    'The cursor is not one that this list gave out. Start from the first page.',
  );
}

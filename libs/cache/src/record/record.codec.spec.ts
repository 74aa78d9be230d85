import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CachedBody } from './cached-body.ts';
import { decodeRecord, encodeRecord } from './record.codec.ts';

const names = fc.string({ minLength: 1, unit: 'grapheme' });

describe('the record codec', () => {
  it('gives back any body, versions, time and epoch', () => {
    const body = fc.option(fc.uint8Array({ maxLength: 200 }), { nil: undefined });
    const versions = fc.dictionary(names, fc.maxSafeNat(), { maxKeys: 3 });
    fc.assert(
      fc.property(body, versions, fc.nat(), fc.nat(), (bytes, vector, freshUntil, epoch) => {
        const record = { versions: vector, body: bytes && CachedBody.of(bytes), freshUntil };
        const stored = decodeRecord(encodeRecord(record, String(epoch)));
        expect(stored?.epoch).toBe(String(epoch));
        expect(stored?.versions).toEqual({ ...vector });
        expect(stored?.record?.freshUntil).toBe(freshUntil);
        expect(stored?.record?.body?.bytes).toEqual(bytes && Buffer.from(bytes));
        expect(stored?.record?.body?.tag).toBe(record.body?.tag);
      }),
    );
  });

  it('reads a tombstone as versions without a record', () => {
    expect(decodeRecord(Buffer.from('T 3 0 - v=4,w=5\n'))).toEqual({
      versions: { v: 4, w: 5 },
      epoch: '3',
      record: undefined,
    });
  });

  it.each(['', 'x', 'E 1 2 tag v=1', 'X 1 2 tag v=1\nbody', 'E 1 2 tag v=\nbody', '{"value":1}\n'])(
    'takes %o for what it is: not a record',
    (text) => {
      expect(decodeRecord(Buffer.from(text))).toBeUndefined();
    },
  );
});

import { Problem } from '@registrar/service';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CursorCodec, maxCursorLength } from './cursor-codec.ts';

const codec = new CursorCodec('a secret that has thirty-two chars');
const query = { route: 'courses', semesterId: '2027-1', q: undefined };
const position = { id: 'crs_1', title: 'Gödel' };

function refusal(cursor: string, of: object = query): unknown {
  try {
    return codec.decode(of, cursor);
  } catch (error) {
    return error;
  }
}

function expectRefused(cursor: string, of: object = query): void {
  const error = refusal(cursor, of);
  expect(error).toBeInstanceOf(Problem);
  expect(error).toMatchObject({ status: 400, code: 'invalid_cursor' });
}

describe('a cursor', () => {
  it('gives back its position for its own query, whatever the order of the query', () => {
    const cursor = codec.encode(query, position);
    expect(codec.decode({ semesterId: '2027-1', route: 'courses' }, cursor)).toEqual(position);
  });

  it('is opaque text that needs no escaping in a URL', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 10 }), fc.string({ maxLength: 20 }), { maxKeys: 5 }),
        (any) => {
          const cursor = codec.encode(query, any);
          expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
          expect(JSON.stringify(codec.decode(query, cursor))).toBe(JSON.stringify(any));
        },
      ),
    );
  });

  it('is refused under another query, another caller or another secret', () => {
    const cursor = codec.encode(query, position);
    expectRefused(cursor, { ...query, semesterId: '2027-2' });
    expectRefused(cursor, { ...query, caller: 'usr_2' });
    expectRefused(new CursorCodec('b secret that has thirty-two chars').encode(query, position));
  });

  it('is refused when any bit of it is changed', () => {
    const bytes = Buffer.from(codec.encode(query, position), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const forged = Buffer.from(bytes);
      forged.writeUInt8(forged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expectRefused(forged.toString('base64url'));
    }
  });

  it('is refused when it is cut off, lengthened or dressed up', () => {
    const cursor = codec.encode(query, position);
    for (let length = 0; length < cursor.length; length += 1) expectRefused(cursor.slice(0, length));
    for (const more of ['A', '=', ' ', '\n', '%00', '.']) expectRefused(cursor + more);
    expectRefused(` ${cursor}`);
    expectRefused(cursor.replace(/^./, (first) => `${first}!`));
  });

  it('is refused when it is anything else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (any) => expectRefused(any)),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (any) =>
        expectRefused(Buffer.from(any).toString('base64url')),
      ),
      { numRuns: 500 },
    );
    expectRefused('A'.repeat(1_000_000));
  });

  it('is never longer than its bound', () => {
    expect(() => codec.encode(query, { text: 'x'.repeat(maxCursorLength) })).toThrow(RangeError);
  });

  it('cannot move text between query and position', () => {
    const cursor = codec.encode({ a: 1 }, { b: 2 });
    const mac = Buffer.from(cursor, 'base64url').subarray(0, 16);
    expectRefused(Buffer.concat([mac, Buffer.from('{"a":1}{"b":2}')]).toString('base64url'), {});
  });

  it('needs a secret that is long enough', () => {
    expect(() => new CursorCodec('short')).toThrow('32');
  });
});

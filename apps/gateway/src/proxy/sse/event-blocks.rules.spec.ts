import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventBlocks, isComment, isEvent } from './event-blocks.rules.ts';

describe('the blocks of a stream of events', () => {
  it('are the same however the stream is cut', () => {
    const stream =
      'event: seats\nid: 1\ndata: {}\n\n: still here\n\nretry: 1500\n\nevent: seats\nid: 2\ndata: {}\n\n';
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 20 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const blocks = new EventBlocks();
        const found = places.flatMap((from, at) => blocks.append(stream.slice(from, places[at + 1] ?? from)));
        expect(found.join('')).toBe(stream);
        expect(found).toHaveLength(4);
      }),
    );
  });

  it('are events, signs of life, or neither', () => {
    expect(isEvent('event: seats\ndata: 1\n\n')).toBe(true);
    expect([isEvent(': still here\n\n'), isComment(': still here\n\n')]).toEqual([false, true]);
    expect([isEvent('retry: 5\n\n'), isComment('retry: 5\n\n')]).toEqual([false, false]);
  });

  it('do not pile up without an end', () => {
    const blocks = new EventBlocks();
    expect(() => {
      for (let at = 0; at < 100; at += 1) blocks.append('x'.repeat(1_000));
    }).toThrow('does not end');
  });
});

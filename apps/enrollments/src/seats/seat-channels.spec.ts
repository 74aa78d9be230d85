import { describe, expect, it } from 'vitest';
import { SeatChannels } from './seat-channels.ts';

describe('the channels of seats', () => {
  it('are shared by streams of the same courses, in whatever order these are named', () => {
    const channels = new SeatChannels();
    const both = channels.join(['a', 'b']);
    const one = channels.join(['a']);
    expect(channels.join(['b', 'a'])).toBe(both);
    expect(one).not.toBe(both);
    expect(channels.all()).toEqual([both, one]);
    expect([...channels.of('a')]).toEqual([both, one]);
    expect([...channels.of('b')]).toEqual([both]);
    expect(channels.courseIds()).toEqual(['a', 'b']);
  });

  it('leave nothing behind, and deleting one twice does not delete its successor', () => {
    const channels = new SeatChannels();
    const both = channels.join(['a', 'b']);
    const one = channels.join(['a']);
    channels.delete(both);
    expect(channels.courseIds()).toEqual(['a']);
    const again = channels.join(['a', 'b']);
    channels.delete(both);
    expect([...channels.of('b')]).toEqual([again]);
    channels.delete(one);
    channels.delete(again);
    expect([channels.all(), channels.courseIds(), channels.of('a').size]).toEqual([[], [], 0]);
  });
});

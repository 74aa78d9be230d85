import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SeatChannel } from './seat-channel.ts';

class RecordingSink {
  readonly written: string[] = [];
  pendingBytes = 0;
  ended: 'no' | 'ended' | 'cut' = 'no';
  write(text: string): void {
    this.written.push(text);
  }
  end(): void {
    this.ended = 'ended';
  }
  cut(): void {
    this.ended = 'cut';
  }
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('the streams of a course', () => {
  it('begin with the state of now', () => {
    const sink = new RecordingSink();
    new SeatChannel().addStream(sink, 'a');
    expect(sink.written).toEqual(['a']);
  });

  it('get the first change at once and the last one after a burst, four a second at most', () => {
    const channel = new SeatChannel();
    const sink = new RecordingSink();
    channel.addStream(sink, 'first');
    for (let at = 0; at < 1_000; at += 1) {
      channel.broadcast(`change ${at}`);
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(250);
    expect(sink.written.slice(0, 2)).toEqual(['first', 'change 0']);
    expect(sink.written.at(-1)).toBe('change 999');
    expect(sink.written.length).toBeLessThanOrEqual(1 + 5);
  });

  it('get the last change of each course after a pause, in one write', () => {
    const channel = new SeatChannel();
    const sink = new RecordingSink();
    channel.addStream(sink, 'first');
    channel.broadcast('a1', 'a');
    for (const [event, course] of [
      ['a2', 'a'],
      ['b1', 'b'],
      ['a3', 'a'],
    ] as const)
      channel.broadcast(event, course);
    vi.advanceTimersByTime(250);
    expect(sink.written).toEqual(['first', 'a1', 'a3b1']);
  });

  it('go on for others when a client does not read', () => {
    const channel = new SeatChannel();
    const [slow, quick] = [new RecordingSink(), new RecordingSink()];
    channel.addStream(slow, 'a');
    channel.addStream(quick, 'a');
    slow.pendingBytes = 100_000;
    channel.broadcast('b');
    vi.advanceTimersByTime(250);
    channel.broadcast('c');
    expect([slow.ended, channel.size, quick.ended]).toEqual(['cut', 1, 'no']);
    expect(quick.written).toEqual(['a', 'b', 'c']);
  });

  it('work again for a newcomer after the last client has gone', () => {
    const channel = new SeatChannel();
    const [gone, come] = [new RecordingSink(), new RecordingSink()];
    channel.addStream(gone, 'a');
    channel.broadcast('b');
    channel.broadcast('c');
    channel.delete(gone);
    channel.addStream(come, 'c');
    vi.advanceTimersByTime(250);
    channel.broadcast('d');
    expect(come.written).toEqual(['c', 'd']);
  });

  it('tell every client when to come back as they end', () => {
    const channel = new SeatChannel();
    const sink = new RecordingSink();
    channel.addStream(sink, 'a');
    channel.broadcast('b');
    channel.broadcast('c');
    channel.end(() => 1_500.4);
    vi.advanceTimersByTime(1_000);
    expect(sink).toMatchObject({ written: ['a', 'b', 'retry: 1500\n\n'], ended: 'ended' });
  });
});

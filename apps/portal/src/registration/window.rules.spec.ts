import { describe, expect, it } from 'vitest';
import { isPaused, nextChangeMs, windowState } from './window.rules.ts';

const window = {
  opensAt: '2026-08-01T12:00:00.000Z',
  closesAt: '2026-09-01T12:00:00.000Z',
  pausedAt: '2026-08-10T12:00:00.000Z',
};
const at = (text: string) => Date.parse(text);

describe('an enrollment window', () => {
  it.each([
    ['2026-08-01T11:59:59.999Z', 'before', false, window.opensAt],
    ['2026-08-01T12:00:00.000Z', 'open', false, window.pausedAt],
    ['2026-08-10T12:00:00.000Z', 'open', true, window.closesAt],
    ['2026-09-01T12:00:00.000Z', 'after', true, undefined],
  ] as const)('at %s: %s, paused: %s', (now, state, paused, next) => {
    expect(windowState(window, at(now))).toBe(state);
    expect(isPaused(window, at(now))).toBe(paused);
    expect(nextChangeMs(window, at(now))).toBe(next && at(next));
  });

  it('never opens where it would open after it has closed', () => {
    const late = { opensAt: '2026-09-02T12:00:00.000Z', closesAt: window.closesAt };
    expect(windowState(late, at(window.closesAt))).toBe('after');
    expect(isPaused(late, at(window.closesAt))).toBe(false);
  });
});

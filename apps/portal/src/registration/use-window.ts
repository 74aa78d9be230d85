import { useEffect, useState } from 'react';
import { serverClock } from '../api/server-clock.ts';
import { useServerNow } from '../app/server-time.ts';
import type { EnrollmentWindow, WindowState } from './window.rules.ts';
import { isPaused, nextChangeMs, windowState } from './window.rules.ts';

/** The browser's timers hold at most so many ms. */
const longestTimerMs = 2 ** 31 - 1;

/** Where the server's time stands in a window. */
export interface WindowStanding {
  /** Undefined while the window is not known. */
  readonly state: WindowState | undefined;
  readonly isPaused: boolean;
}

/**
 * Where the server's time stands in a window; re-rendered when that changes, so that a button arms itself at the
 * opening without a reload.
 */
export function useWindowStanding(window: EnrollmentWindow | undefined): WindowStanding {
  const [, rerender] = useState(0);
  const now = serverClock.now();
  const next = window && nextChangeMs(window, now);
  useEffect(() => {
    if (next === undefined) return undefined;
    // A millisecond later, so that the moment itself has passed.
    const delayMs = Math.min(longestTimerMs, Math.max(0, next - serverClock.now()) + 1);
    const timer = setTimeout(() => rerender((count) => count + 1), delayMs);
    return () => clearTimeout(timer);
  });
  return {
    state: window && windowState(window, now),
    isPaused: window !== undefined && isPaused(window, now),
  };
}

/** Whole seconds until that moment (RFC 3339) by the server's clock, counted down. */
export function useSecondsUntilMoment(at: string): number {
  return Math.max(0, Math.ceil((Date.parse(at) - useServerNow(1_000)) / 1_000));
}

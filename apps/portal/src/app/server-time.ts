import { useEffect, useState } from 'react';
import { serverClock } from '../api/server-clock.ts';

/** The server's time in ms, rendered again every `everyMs`: for what changes by the clock alone. */
export function useServerNow(everyMs: number): number {
  const [nowMs, setNowMs] = useState(() => serverClock.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(serverClock.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}

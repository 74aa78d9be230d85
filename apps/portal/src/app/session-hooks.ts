import { useSyncExternalStore } from 'react';
import type { SessionState } from '../api/session.ts';
import { session } from '../api/session.ts';

/** Where the session stands. */
export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.current);
}

/** Whether the browser has a connection, as far as it can tell. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      addEventListener('online', changed);
      addEventListener('offline', changed);
      return () => {
        removeEventListener('online', changed);
        removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
}

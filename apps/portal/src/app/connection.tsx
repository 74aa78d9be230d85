import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { queryClient } from '../api/queries.ts';
import { Status } from '../ui/status.tsx';
import { useFormat } from './format.ts';
import styles from './connection.module.css';
import { useOnline, useSession } from './session-hooks.ts';

/** Says that there is no connection, and from when the data on screen is. */
export function Connection() {
  const isOnline = useOnline();
  const { status } = useSession();
  const format = useFormat();
  const isOffline = !isOnline || status === 'offline';
  const [asOfMs, setAsOfMs] = useState(0);
  useEffect(() => {
    if (isOffline)
      setAsOfMs(
        Math.max(
          ...queryClient
            .getQueryCache()
            .getAll()
            .map(({ state }) => state.dataUpdatedAt),
          0,
        ),
      );
    else void queryClient.invalidateQueries({ type: 'active' });
  }, [isOffline]);
  const asOf = asOfMs === 0 ? format.clock(Date.now()) : format.clock(asOfMs);
  return (
    <div role="status" className={styles['connection']} data-shown={isOffline}>
      {isOffline && (
        <Status tone="warn" icon="offline">
          <Trans>Offline, as of {asOf}</Trans>
        </Status>
      )}
    </div>
  );
}

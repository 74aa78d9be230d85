import { Trans, useLingui } from '@lingui/react/macro';
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { callApi } from '../api/client.ts';
import type { AnswerTo } from '../api/routes.ts';
import { useFormat } from '../app/format.ts';
import { HoldNotice } from '../registration/hold-notice.tsx';
import type { Hold } from '../registration/use-own-window.ts';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import { Status } from '../ui/status.tsx';
import styles from './account.module.css';

const route = 'GET /api/holds/me';

/** Holds on the account: those in force with what to do, and those that were released. */
export function OwnHolds() {
  const { t } = useLingui();
  const heading = useRef<HTMLHeadingElement>(null);
  const read = useOwnHolds();
  useEffect(() => {
    // The address names this part: after the heading of the page had the focus.
    if (location.hash === '#holds') heading.current?.focus();
  }, []);
  return (
    <section className={styles['wide']} aria-labelledby="holds">
      <h2 id="holds" ref={heading} tabIndex={-1}>{t`Holds`}</h2>
      <ReadState query={read} skeleton={<Skeleton rows={1} rowHeight="1.5rem" />}>
        {(holds) => <Holds holds={holds} />}
      </ReadState>
    </section>
  );
}

function Holds({ holds }: { readonly holds: readonly Hold[] }) {
  const active = holds.filter(({ releasedAt }) => releasedAt === null);
  const released = holds.filter(({ releasedAt }) => releasedAt !== null);
  return (
    <>
      {active.length === 0 && (
        <p>
          <Status tone="ok">
            <Trans>No hold is in force. Nothing stops you from enrolling or dropping.</Trans>
          </Status>
        </p>
      )}
      {active.map((hold) => (
        <HoldNotice key={hold.id} hold={hold} />
      ))}
      {released.length > 0 && <Released holds={released} />}
    </>
  );
}

function Released({ holds }: { readonly holds: readonly Hold[] }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <details className={styles['released']}>
      <summary>
        <Trans>Released holds ({holds.length})</Trans>
      </summary>
      <ul aria-label={t`Released holds`}>
        {holds.map(({ id, office, reason, placedAt, releasedAt }) => {
          const [from, to] = [format.day(placedAt), format.day(releasedAt ?? placedAt)];
          return (
            <li key={id}>
              <strong>{office}</strong>: {reason}{' '}
              <Trans>
                From {from} to {to}.
              </Trans>
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** Every own hold, newest first, released ones too. */
function useOwnHolds(): UseQueryResult<readonly Hold[]> {
  return useQuery({
    queryKey: [route, { all: true }],
    queryFn: async ({ signal }) => {
      const items: Hold[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: 100, ...(cursor !== undefined && { cursor }) };
        const page: AnswerTo<typeof route> = await callApi(route, { query, signal });
        items.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return items;
    },
  });
}

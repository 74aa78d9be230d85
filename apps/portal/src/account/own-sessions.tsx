import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { callApi } from '../api/client.ts';
import { queryClient, useApi } from '../api/queries.ts';
import type { AnswerTo } from '../api/routes.ts';
import { useFormat } from '../app/format.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import { Notice } from '../ui/status.tsx';
import styles from './account.module.css';
import { browserIn } from './browser-name.rules.ts';
import { wordsForRequest } from '../forms/request-words.ts';

const route = 'GET /api/auth/sessions';
type Session = AnswerTo<typeof route>['items'][number];

/** Where the reader is signed in; each can be ended. */
export function OwnSessions() {
  const { t } = useLingui();
  const read = useApi(route, {});
  const end = useMutation({
    mutationFn: (id: string) => callApi('DELETE /api/auth/sessions/:id', { params: { id } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [route] }),
  });
  return (
    <section className={styles['section']} aria-labelledby="sessions">
      <h2 id="sessions">{t`Where you are signed in`}</h2>
      <ReadState query={read} skeleton={<Skeleton rows={2} rowHeight="2.75rem" />}>
        {({ items }) => (
          <ul className={styles['rows']} aria-label={t`Sessions`}>
            {items.map((session) => (
              <Row
                key={session.id}
                session={session}
                isEnding={end.isPending && end.variables === session.id}
                onEnd={() => end.mutate(session.id)}
              />
            ))}
          </ul>
        )}
      </ReadState>
      <div role="status">
        {end.isSuccess && (
          <Notice tone="ok">
            <Trans>That session is over.</Trans>
          </Notice>
        )}
        {end.error && <Notice tone="bad">{wordsForRequest(end.error)}</Notice>}
      </div>
    </section>
  );
}

interface RowProps {
  readonly session: Session;
  readonly isEnding: boolean;
  readonly onEnd: () => void;
}

function Row({ session: { current, client, userAgent, address, lastUsedAt }, isEnding, onEnd }: RowProps) {
  const { t } = useLingui();
  const format = useFormat();
  const name = browserIn(userAgent) ?? (client === 'web' ? t`A browser` : t`A program`);
  const since = format.moment(lastUsedAt);
  return (
    <li>
      <span>
        <strong>{name}</strong> {current ? <Trans>(this one)</Trans> : <Trans>last used {since}</Trans>}
        <span className={styles['source']}>{address}</span>
      </span>
      {!current && (
        <Button
          small
          disabled={isEnding}
          onClick={onEnd}
          aria-label={t`Sign out ${name}, last used ${since}`}
        >
          {t`Sign out`}
        </Button>
      )}
    </li>
  );
}

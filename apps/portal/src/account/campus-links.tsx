import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { callApi } from '../api/client.ts';
import { ApiProblem } from '../api/problems.ts';
import { queryClient, useApi } from '../api/queries.ts';
import { useCampus } from '../app/campus.ts';
import { useFormat } from '../app/format.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import { Notice } from '../ui/status.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import styles from './account.module.css';
import { wordsForRequest } from '../forms/request-words.ts';

const route = 'GET /api/auth/identities';

/** The campus's ways to sign in: which are linked to the account, each to be linked or removed. */
export function CampusLinks() {
  const { t } = useLingui();
  const providers = (useCampus().signIn ?? []).filter(({ kind }) => kind === 'oidc');
  const isOffered = providers.length > 0;
  const read = useApi(route, {}, { enabled: isOffered });
  const format = useFormat();
  const link = useMutation({
    mutationFn: async (provider: string) => {
      const { url } = await callApi('POST /api/auth/identities/:id', { params: { id: provider } });
      location.assign(url);
    },
  });
  const unlink = useMutation({
    mutationFn: (id: string) => callApi('DELETE /api/auth/identities/:id', { params: { id } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: [route] }),
  });
  if (!isOffered) return null;
  const fault = link.error ?? unlink.error;
  return (
    <section className={styles['section']} aria-labelledby="campus-links">
      <h2 id="campus-links">{t`Sign-in by the campus`}</h2>
      <ReadState query={read} skeleton={<Skeleton rows={1} rowHeight="2.75rem" />}>
        {({ items }) => (
          <ul className={styles['rows']} aria-label={t`Sign-in by the campus`}>
            {providers.map(({ id, name }) => {
              const linked = items.find(({ provider }) => provider === id);
              const since = linked && format.day(linked.linkedAt);
              return (
                <li key={id}>
                  <span>
                    <strong>{name}</strong>{' '}
                    {linked ? <Trans>linked since {since}</Trans> : <Trans>not linked</Trans>}
                  </span>
                  {linked ? (
                    <Button
                      small
                      disabled={unlink.isPending}
                      onClick={() => unlink.mutate(linked.id)}
                    >{t`Remove ${name}`}</Button>
                  ) : (
                    <Button
                      small
                      disabled={link.isPending}
                      onClick={() => link.mutate(id)}
                    >{t`Link ${name}`}</Button>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </ReadState>
      <div role="status">
        {fault && (
          <Notice
            tone="bad"
            actions={
              fault instanceof ApiProblem &&
              fault.body.code === 'recent_sign_in_required' && <SignInAgain onDone={() => link.reset()} />
            }
          >
            {wordsForRequest(fault)}
          </Notice>
        )}
      </div>
    </section>
  );
}

import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { callApi } from '../api/client.ts';
import { apiQuery, queryClient, useApi } from '../api/queries.ts';
import type { AnswerTo } from '../api/routes.ts';
import { Skeleton } from '../ui/loading.tsx';
import { CheckField } from '../ui/field.tsx';
import { ReadState } from '../ui/read-state.tsx';
import { Notice } from '../ui/status.tsx';
import styles from './account.module.css';
import { wordsForRequest } from '../forms/request-words.ts';

type Preferences = AnswerTo<'GET /api/notifications/preferences'>;
const route = 'GET /api/notifications/preferences';
const { queryKey } = apiQuery(route, {});

/** Which notifications come by mail too. A box shows its new state at once, and goes back where saving fails. */
export function MailSettings() {
  const { t } = useLingui();
  const read = useApi(route, {});
  const save = useMutation({
    mutationFn: (body: Preferences) => callApi('PUT /api/notifications/preferences', { body }),
    onMutate: (next) => {
      const before = queryClient.getQueryData<Preferences>(queryKey);
      queryClient.setQueryData(queryKey, next);
      return before;
    },
    onError: (_, __, before) => queryClient.setQueryData(queryKey, before),
  });
  const choices: [keyof Preferences['email'], string][] = [
    ['enrollment', t`Enrolled, dropped, withdrawn, permits`],
    ['waitlist', t`Waitlists and promotions`],
    ['course', t`Cancelled courses`],
  ];
  return (
    <section className={styles['section']} aria-labelledby="mail-settings">
      <h2 id="mail-settings">{t`Emails`}</h2>
      <p>
        <Trans>Everything is in your notifications. Choose what comes by email too.</Trans>{' '}
        <Trans>Holds on your account always do.</Trans>
      </p>
      <ReadState query={read} skeleton={<Skeleton rows={3} rowHeight="2.75rem" />}>
        {(preferences) =>
          choices.map(([name, label]) => (
            <CheckField
              key={name}
              label={label}
              checked={preferences.email[name]}
              onChange={({ target }) =>
                save.mutate({ ...preferences, email: { ...preferences.email, [name]: target.checked } })
              }
            />
          ))
        }
      </ReadState>
      <div role="status">
        {save.error && (
          <Notice tone="bad">
            {t`Not saved.`} {wordsForRequest(save.error)}
          </Notice>
        )}
      </div>
    </section>
  );
}

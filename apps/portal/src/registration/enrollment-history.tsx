import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useApi } from '../api/queries.ts';
import type { AnswerTo } from '../api/routes.ts';
import { useFormat } from '../app/format.ts';
import { useSession } from '../app/session-hooks.ts';
import { Skeleton } from '../ui/loading.tsx';
import { ReadState } from '../ui/read-state.tsx';
import styles from './enrollment-history.module.css';
import type { Enrollment } from './own-enrollments.ts';
import { wordsForReason } from './reason-words.ts';

type Entry = AnswerTo<'GET /api/enrollments/:id/history'>['items'][number];

/** Every change of an enrollment, read when it is opened. */
export function EnrollmentHistory({ enrollment }: { readonly enrollment: Enrollment }) {
  const [isOpen, setOpen] = useState(false);
  const code = enrollment.courseCode;
  return (
    <details className={styles['history']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Trans>
          All changes <span className="visually-hidden">of {code}</span>
        </Trans>
      </summary>
      {isOpen && <Entries enrollment={enrollment} />}
    </details>
  );
}

function Entries({ enrollment: { id, version } }: { readonly enrollment: Enrollment }) {
  const history = useApi('GET /api/enrollments/:id/history', { params: { id } });
  const { refetch } = history;
  const [readVersion, setReadVersion] = useState(version);
  if (version !== readVersion) {
    setReadVersion(version);
    void refetch();
  }
  return (
    <ReadState query={history} skeleton={<Skeleton rows={1} rowHeight="3rem" />}>
      {({ items }) => (
        <ol className={styles['entries']}>
          {items.map((entry, at) => (
            <HistoryLine key={at} entry={entry} />
          ))}
        </ol>
      )}
    </ReadState>
  );
}

function HistoryLine({ entry }: { readonly entry: Entry }) {
  const format = useFormat();
  const words = useEntryWords();
  const reason = entry.action === 'passed_over' ? wordsForReason(entry.reason) : undefined;
  return (
    <li>
      <time dateTime={entry.at}>{format.moment(entry.at)}</time>
      <span>
        {words.action(entry)}
        {words.actor(entry)}
        {reason !== undefined && <span className={styles['reason']}> {reason}</span>}
      </span>
    </li>
  );
}

function useEntryWords() {
  const { t } = useLingui();
  const { user } = useSession();
  const actions: Readonly<Record<string, string>> = {
    enrolled: t`Enrolled`,
    waitlisted: t`Joined the waitlist`,
    promoted: t`Promoted from the waitlist`,
    passed_over: t`Passed over`,
    dropped: t`Dropped`,
    withdrawn: t`Withdrawn`,
    cancelled: t`Course cancelled`,
    completed: t`Completed`,
  };
  const actors: Readonly<Record<string, string>> = {
    registrar: t`by the registrar`,
    admin: t`by the registrar`,
    instructor: t`by the instructor`,
  };
  return {
    action: ({ action, status }: Entry) => actions[action] ?? actions[status] ?? t`Changed`,
    actor: ({ actorId, actorRole }: Entry) => {
      const words = actorId === user?.id ? undefined : actors[actorRole];
      return words === undefined ? '' : `, ${words}`;
    },
  };
}

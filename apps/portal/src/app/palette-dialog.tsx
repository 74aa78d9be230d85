import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Autocomplete, Input, ListBox, ListBoxItem, SearchField } from 'react-aria-components';
import { useApi } from '../api/queries.ts';
import { courseName } from '../catalogue/course-name.ts';
import { Dialog } from '../ui/dialog.tsx';
import { goTo } from './navigation.ts';
import styles from './palette-dialog.module.css';
import { pathOfCourse, paths } from './paths.ts';
import { useSession } from './session-hooks.ts';

interface Destination {
  readonly id: string;
  readonly name: string;
}

const mostCourses = 8;

/** A box to type in, and below it the pages and courses that fit; arrows choose, Enter goes. */
export default function PaletteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const words = useDeferredValue(typed.trim());
  const pages = usePages().filter(({ name }) => name.toLowerCase().includes(words.toLowerCase()));
  const courses = useFoundCourses(words);
  const go = (path: string) => {
    onClose();
    goTo(path);
  };
  const destinations = [...pages, ...courses];
  return (
    <Dialog title={t`Go to`} isOpen onClose={onClose}>
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        {/* The reader has just asked for this box, to type in it. */}
        {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
        <SearchField aria-label={t`Page or course`} autoFocus className={styles['search'] ?? ''}>
          <Input className={styles['input'] ?? ''} placeholder={t`Page or course`} />
        </SearchField>
        <ListBox
          aria-label={t`Pages and courses`}
          className={styles['list'] ?? ''}
          items={destinations}
          onAction={(key) => go(String(key))}
          renderEmptyState={() => (
            <p>
              <Trans>Nothing fits.</Trans>
            </p>
          )}
        >
          {({ id, name }) => (
            <ListBoxItem id={id} textValue={name} className={styles['item'] ?? ''}>
              {name}
            </ListBoxItem>
          )}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}

function usePages(): Destination[] {
  const { t } = useLingui();
  const hasSession = useSession().user !== undefined;
  const pages: Destination[] = [
    { id: paths.home, name: t`Home` },
    { id: paths.courses, name: t`Find courses` },
  ];
  if (!hasSession) return [...pages, { id: paths.signIn, name: t`Sign in` }];
  return [
    ...pages,
    { id: paths.plan, name: t`Plan` },
    { id: paths.register, name: t`Register` },
    { id: paths.timetable, name: t`Timetable` },
    { id: paths.enrollments, name: t`My courses` },
    { id: paths.waitlists, name: t`Waitlists` },
    { id: paths.notifications, name: t`Notifications` },
    { id: paths.account, name: t`Account` },
  ];
}

function useFoundCourses(words: string): Destination[] {
  const query = { q: words, sort: 'relevance', limit: mostCourses } as const;
  const { data } = useApi(
    'GET /api/courses',
    { query },
    { enabled: words.length >= 2, placeholderData: keepPreviousData },
  );
  if (words.length < 2) return [];
  return (data?.items ?? []).map((course) => ({
    id: pathOfCourse(course.id),
    name: courseName(course),
  }));
}

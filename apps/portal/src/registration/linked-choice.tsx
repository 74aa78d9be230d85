import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { componentWord } from '../catalogue/component-words.ts';
import { MeetingTimes } from '../catalogue/meeting-times.tsx';
import { SeatCount } from '../catalogue/seat-count.tsx';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { Status } from '../ui/status.tsx';
import styles from './linked-choice.module.css';
import type { LinkedList } from './use-linked.ts';

interface LinkedChoiceProps {
  readonly lists: readonly LinkedList[];
  /** Codes of own courses that meet at the same time. */
  readonly clashesOf: (section: Course) => readonly string[];
}

/** Where linked sections are chosen: the first choice in it gets the focus from elsewhere. */
export const linkedChoiceId = 'linked-sections';

/** Chooses one section of each list that is taken along with a course; nothing where there are no lists. */
export function LinkedChoice({ lists, clashesOf }: LinkedChoiceProps) {
  if (lists.length === 0) return null;
  return (
    <div id={linkedChoiceId} className={styles['lists']}>
      {lists.map((list, at) => (
        <List key={at} list={list} clashesOf={clashesOf} />
      ))}
    </div>
  );
}

/** Brings the reader to the choice of linked sections. */
export function focusLinkedChoice(): void {
  const place = document.getElementById(linkedChoiceId);
  const radios = [...(place?.querySelectorAll<HTMLInputElement>('input[type=radio]') ?? [])];
  const open = radios.find(({ name }) => !radios.some((one) => one.name === name && one.checked));
  (open ?? radios[0] ?? place?.querySelector('select'))?.focus();
}

function List({ list, clashesOf }: { readonly list: LinkedList } & Pick<LinkedChoiceProps, 'clashesOf'>) {
  const { t } = useLingui();
  const name = useId();
  const { component, sections, held, chosen, choose } = list;
  const word = componentWord(component);
  if (held)
    return (
      <p className={styles['held']}>
        <Status tone="ok">
          <Trans>
            {word}: you have section {held.section}
          </Trans>
        </Status>
      </p>
    );
  return (
    <fieldset className={styles['list']}>
      <legend>{t`${word}: choose a section`}</legend>
      <div className={styles['sections']}>
        {sections.map((section) => (
          <label key={section.id} className={styles['section']}>
            <input
              type="radio"
              name={name}
              checked={chosen?.id === section.id}
              onChange={() => choose(section.id)}
            />
            <Section section={section} clashes={clashesOf(section)} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Section({ section, clashes }: { readonly section: Course; readonly clashes: readonly string[] }) {
  const { t } = useLingui();
  const others = clashes.join(', ');
  return (
    <span className={styles['words']}>
      <strong>{t`Section ${section.section}`}</strong>
      <span className={styles['seats']}>
        <SeatCount course={section} />
      </span>
      <span className={styles['when']}>
        <MeetingTimes meetings={section.meetings} />
      </span>
      {clashes.length > 0 && (
        <span className={styles['when']}>
          <Status tone="warn">
            <Trans>Meets at the same time as {others}</Trans>
          </Status>
        </span>
      )}
    </span>
  );
}

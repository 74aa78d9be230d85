import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useSectionWords } from '../cart/linked-selects.tsx';
import { componentWord } from '../catalogue/component-words.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { Write } from '../intents/intents.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import styles from './linked-choice.module.css';
import { linkedChoiceId } from './linked-choice.tsx';
import type { Enrollment } from './own-enrollments.ts';
import type { LinkedList } from './use-linked.ts';

interface ChangeLinkedProps {
  readonly course: Course;
  readonly lists: readonly LinkedList[];
  readonly byCourse: ReadonlyMap<string, Enrollment>;
  readonly write: Write;
}

/** Gives a linked section that is held up for another of its list: both or neither. */
export function ChangeLinked({ lists, ...rest }: ChangeLinkedProps) {
  const open = lists.filter(({ held, sections }) => held !== undefined && sections.length > 1);
  if (open.length === 0) return null;
  return (
    <div id={linkedChoiceId}>
      {open.map((list) => (
        <ChangeOne key={list.held?.id} list={list} {...rest} />
      ))}
    </div>
  );
}

function ChangeOne({
  course,
  list: { component, sections, held },
  byCourse,
  write,
}: Omit<ChangeLinkedProps, 'lists'> & { readonly list: LinkedList }) {
  const { t } = useLingui();
  const words = useSectionWords();
  const [chosen, choose] = useState(held?.id ?? '');
  const wanted = sections.find(({ id }) => id === chosen && id !== held?.id);
  const place = byCourse.get(held?.id ?? '');
  const change = () => {
    if (wanted === undefined || place === undefined) return;
    const names = Object.fromEntries(sections.map(({ id, code, section }) => [id, `${code} ${section}`]));
    write.submit({
      method: 'POST',
      target: '/api/enrollments/changes',
      body: { add: [{ courseId: wanted.id, joinWaitlist: false }], drop: [place.id], mode: 'all' },
      subject: { action: 'changes', courseId: course.id, courseCode: course.code, names },
    });
  };
  return (
    <div className={styles['change']}>
      <SelectField
        label={componentWord(component)}
        value={chosen}
        disabled={write.isOpen}
        onChange={({ target }) => choose(target.value)}
      >
        {sections.map((section) => (
          <option key={section.id} value={section.id}>
            {words(section)}
          </option>
        ))}
      </SelectField>
      <Button
        small
        disabled={wanted === undefined || write.isOpen}
        onClick={change}
      >{t`Change section`}</Button>
    </div>
  );
}

import type { Match } from '@registrar/eligibility/rules';
import { useFormat } from '../app/format.ts';
import { conditionsOf } from '../registration/eligibility.rules.ts';
import { conditionWords } from '../registration/requirement-words.ts';
import type { Student } from '../registration/own-record.ts';
import { MarkStatus } from './requirements.tsx';
import styles from './requirements.module.css';

interface RestrictionProps {
  readonly restriction: Match;
  /** The reader's record; undefined while it is not known. */
  readonly student: Student | undefined;
}

/** Who a course is for: every condition, to a student with whether it is met. */
export function Restriction({ restriction, student }: RestrictionProps) {
  const format = useFormat();
  return (
    <ul>
      {conditionsOf(restriction, student).map((condition) => (
        <li key={condition.kind} className={styles['part']}>
          <span>{conditionWords(condition, format)}</span>
          <MarkStatus mark={condition.isMet === undefined ? undefined : condition.isMet ? 'met' : 'unmet'} />
        </li>
      ))}
    </ul>
  );
}

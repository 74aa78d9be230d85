import { Fragment } from 'react';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import type { IntentProgress } from '../intents/intent.ts';
import { wordsForOutcome, wordsForResult } from '../intents/outcome-words.ts';
import { wordsForRefusal } from '../registration/refusal-words.ts';
import type { Refusal } from '../registration/refusals-in.rules.ts';
import { ofLinked, refusalOf } from '../registration/refusals-in.rules.ts';
import type { OwnCourses } from '../registration/use-own-courses.ts';
import { useSpeech } from '../registration/use-speech.ts';
import type { Tone } from '../ui/status.tsx';
import { Notice } from '../ui/status.tsx';
import styles from './cart.module.css';
import type { CartItem } from './cart.rules.ts';
import type { Outcome } from './outcomes.rules.ts';
import { RowRemedy } from './row-problems.tsx';
import type { CartRegistration } from './use-cart-registration.ts';

interface RowOutcomeProps {
  readonly item: CartItem;
  readonly course: Course;
  readonly courses: ReadonlyMap<string, Course>;
  readonly own: OwnCourses;
  readonly registration: CartRegistration;
  readonly joinWaitlist: (dropOnPromotion?: string) => void;
  readonly swapFor: (enrollmentId: string) => void;
  readonly chooseLinked: () => void;
}

/** One section of a row with what is known of it. */
interface Line {
  readonly courseId: string;
  readonly name: string;
  readonly outcome: Outcome;
}

/** What came of a row, in its one `status`, with the remedies of a refusal beside it. */
export function RowOutcome({ item, courses, registration, ...context }: RowOutcomeProps) {
  const speech = useSpeech();
  const lines = [item.courseId, ...item.linked].flatMap((courseId): Line[] => {
    const outcome = registration.outcomes.get(courseId);
    const course = courses.get(courseId);
    return outcome ? [{ courseId, name: course ? `${course.code} ${course.section}` : '', outcome }] : [];
  });
  const wordsOf = ({ outcome }: Line): readonly string[] => {
    const refusals = refusalsOf(outcome);
    if (refusals.length > 0) return refusals.map((refusal) => wordsForRefusal(refusal, speech));
    if (outcome.kind === 'result') return [wordsForResult(outcome.result)];
    return outcome.kind === 'open' ? [openWords(outcome.progress)] : [];
  };
  const refusals = lines.flatMap(({ courseId, outcome }) =>
    refusalsOf(outcome).map((one) => (courseId === item.courseId ? one : ofLinked(one))),
  );
  /** One for each code: two problems of linked sections have one remedy. */
  const remedied = [...new Map(refusals.map((one) => [one.code, one])).values()];
  // The region is there before its words are: only so do screen readers say them.
  return (
    <div className={styles['outcome']}>
      <div role="status">
        {lines.length > 0 && (
          <Notice tone={toneOf(lines)}>
            {lines.map((line) => (
              <Fragment key={line.courseId}>
                {wordsOf(line).map((words) => (
                  <p key={words}>
                    {lines.length > 1 && <strong>{line.name}: </strong>}
                    {words}
                  </p>
                ))}
              </Fragment>
            ))}
          </Notice>
        )}
      </div>
      {remedied.length > 0 && (
        <div className={styles['buttons']}>
          {remedied.map((refusal) => (
            <RowRemedy key={refusal.code} refusal={refusal} {...context} />
          ))}
        </div>
      )}
    </div>
  );
}

function refusalsOf(outcome: Outcome): readonly Refusal[] {
  if (outcome.kind === 'problem') return [outcome.problem];
  return outcome.kind === 'result' ? outcome.result.problems.map(refusalOf) : [];
}

function openWords(progress: IntentProgress): string {
  return wordsForOutcome({ subject: { action: 'changes', courseId: '', courseCode: '' } }, progress);
}

/** The least good news of a row gives its tone. */
function toneOf(lines: readonly Line[]): Tone {
  const tones = lines.map(({ outcome }): Tone => {
    if (refusalsOf(outcome).length > 0) return 'bad';
    if (outcome.kind !== 'result') return isSending(outcome) ? 'neutral' : 'warn';
    if (outcome.result.outcome === 'waitlisted') return 'waiting';
    return outcome.result.outcome === 'enrolled' ? 'ok' : 'neutral';
  });
  return (['bad', 'warn', 'waiting', 'neutral'] as const).find((tone) => tones.includes(tone)) ?? 'ok';
}

function isSending(outcome: Outcome): boolean {
  return outcome.kind === 'open' && ['sending', 'stopped'].includes(outcome.progress.status);
}

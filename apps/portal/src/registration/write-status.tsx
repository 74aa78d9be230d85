import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Fragment } from 'react';
import type { IntentProgress } from '../intents/intent.ts';
import type { Write } from '../intents/intents.ts';
import { Button } from '../ui/button.tsx';
import { Countdown } from '../ui/read-state.tsx';
import type { Tone } from '../ui/status.tsx';
import { Notice } from '../ui/status.tsx';
import { isChanges, wordsForOutcome } from '../intents/outcome-words.ts';
import { wordsForRefusal } from './refusal-words.ts';
import type { RefusalOfCourse } from './refusals-in.rules.ts';
import { refusalsIn } from './refusals-in.rules.ts';
import { useSpeech } from './use-speech.ts';
import styles from './write-status.module.css';

interface WriteStatusProps {
  readonly write: Write;
  /** Buttons that put a refusal right; of a set of changes for each of its refusals. */
  readonly remedies?: (refused: RefusalOfCourse) => ReactNode;
}

/** How a write stands, and its outcome: said in a `status` that stays until the next one. */
export function WriteStatus({ write, remedies }: WriteStatusProps) {
  const { t } = useLingui();
  const speech = useSpeech();
  const { progress, intent } = write;
  const refusals = progress?.status === 'refused' ? refusalsIn(progress.problem) : [];
  // The region is there before its words are: only so do screen readers say them.
  return (
    <div className={styles['write']}>
      <div role="status">
        {progress && intent && (
          <Notice tone={toneOf(progress)}>
            {refusals.map(({ courseId, refusal }, at) => (
              <p key={at}>
                {courseId !== undefined && courseId !== intent.subject.courseId && (
                  <strong>{intent.subject.names?.[courseId]}: </strong>
                )}
                {wordsForRefusal(refusal, speech)}
              </p>
            ))}
            {refusals.length === 0 && <p className={styles['words']}>{wordsForOutcome(intent, progress)}</p>}
            {(progress.status === 'busy' || progress.status === 'unknown') && (
              <Countdown untilMs={progress.nextTryAtMs} />
            )}
          </Notice>
        )}
      </div>
      {progress?.status === 'busy' && <Button small onClick={write.stop}>{t`Stop`}</Button>}
      {refusals.map((refused, at) => (
        <Fragment key={at}>{remedies?.(refused)}</Fragment>
      ))}
    </div>
  );
}

function toneOfAnswer(answer: unknown): Tone {
  const waits = isChanges(answer)
    ? answer.results.some(({ outcome }) => outcome === 'waitlisted')
    : (answer as { status?: string }).status === 'waitlisted';
  return waits ? 'waiting' : 'ok';
}

function toneOf(progress: IntentProgress): Tone {
  switch (progress.status) {
    case 'done':
      return toneOfAnswer(progress.answer);
    case 'refused':
      return 'bad';
    case 'sending':
    case 'stopped':
      return 'neutral';
    case 'unknown':
    case 'busy':
    case 'session-ended':
    case 'expired':
      return 'warn';
  }
}

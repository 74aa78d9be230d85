import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { ProblemBody } from '../api/problems.ts';
import type { IntentProgress } from '../intents/intent.ts';
import type { Write } from '../intents/intents.ts';
import { Button } from '../ui/button.tsx';
import { Countdown } from '../ui/read-state.tsx';
import type { Tone } from '../ui/status.tsx';
import { Notice } from '../ui/status.tsx';
import { wordsForOutcome } from '../intents/outcome-words.ts';
import { wordsForRefusal } from './refusal-words.ts';
import { useSpeech } from './use-speech.ts';
import styles from './write-status.module.css';

interface WriteStatusProps {
  readonly write: Write;
  /** Buttons that put a refusal right. */
  readonly remedies?: (problem: ProblemBody) => ReactNode;
}

/** How a write stands, and its outcome: said in a `status` that stays until the next one. */
export function WriteStatus({ write, remedies }: WriteStatusProps) {
  const { t } = useLingui();
  const speech = useSpeech();
  const { progress, intent } = write;
  const refusal = progress?.status === 'refused' ? progress.problem : undefined;
  // The region is there before its words are: only so do screen readers say them.
  return (
    <div className={styles['write']}>
      <div role="status">
        {progress && intent && (
          <Notice tone={toneOf(progress)}>
            <p>{refusal ? wordsForRefusal(refusal, speech) : wordsForOutcome(intent, progress)}</p>
            {(progress.status === 'busy' || progress.status === 'unknown') && (
              <Countdown untilMs={progress.nextTryAtMs} />
            )}
          </Notice>
        )}
      </div>
      {progress?.status === 'busy' && <Button small onClick={write.stop}>{t`Stop`}</Button>}
      {refusal && remedies?.(refusal)}
    </div>
  );
}

function toneOf(progress: IntentProgress): Tone {
  switch (progress.status) {
    case 'done': {
      const { status } = progress.answer as { status?: string };
      return status === 'waitlisted' ? 'waiting' : 'ok';
    }
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

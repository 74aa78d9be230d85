import { useLingui } from '@lingui/react/macro';
import { wordsForRefusal } from '../registration/refusal-words.ts';
import { refusalsIn } from '../registration/refusals-in.rules.ts';
import { useSpeech } from '../registration/use-speech.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/status.tsx';
import type { Intent, IntentProgress } from './intent.ts';
import { wordsForOutcome } from './outcome-words.ts';

/** A write with its outcome. */
export interface Past {
  readonly intent: Intent;
  readonly progress: IntentProgress;
}

/** What became of a write, said until it is closed. */
export default function PastOutcome({
  past: { intent, progress },
  close,
}: {
  readonly past: Past;
  readonly close: () => void;
}) {
  const { t } = useLingui();
  const speech = useSpeech();
  return (
    <Notice
      tone={progress.status === 'done' ? 'ok' : 'warn'}
      role="status"
      actions={<Button small onClick={close}>{t`Close`}</Button>}
    >
      <strong>{intent.subject.courseCode}</strong>:{' '}
      {progress.status === 'refused'
        ? refusalsIn(progress.problem)
            .map(({ refusal }) => wordsForRefusal(refusal, speech))
            .join(' ')
        : wordsForOutcome(intent, progress)}
    </Notice>
  );
}

import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { wordsForRefusal } from '../registration/refusal-words.ts';
import { useSpeech } from '../registration/use-speech.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/status.tsx';
import type { Intent, IntentProgress } from './intent.ts';
import { onOutcome } from './intents.ts';
import { wordsForOutcome } from './outcome-words.ts';

const pageStartedMs = Date.now();

interface Past {
  readonly intent: Intent;
  readonly progress: IntentProgress;
}

/** What became of writes that an earlier page sent without getting their answers. */
export function PastOutcomes() {
  const { t } = useLingui();
  const speech = useSpeech();
  const [past, setPast] = useState<readonly Past[]>([]);
  useEffect(
    () =>
      onOutcome((outcome) => {
        if (outcome.intent.atMs < pageStartedMs) setPast((shown) => [...shown, outcome]);
      }),
    [],
  );
  return past.map(({ intent, progress }) => (
    <Notice
      key={intent.key}
      tone={progress.status === 'done' ? 'ok' : 'warn'}
      role="status"
      actions={
        <Button
          small
          onClick={() => setPast((shown) => shown.filter((other) => other.intent.key !== intent.key))}
        >
          {t`Close`}
        </Button>
      }
    >
      <strong>{intent.subject.courseCode}</strong>:{' '}
      {progress.status === 'refused'
        ? wordsForRefusal(progress.problem, speech)
        : wordsForOutcome(intent, progress)}
    </Notice>
  ));
}

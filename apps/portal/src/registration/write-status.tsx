import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { IntentProgress, RefusalBody } from '../intents/intent.ts';
import type { Write } from '../intents/intents.ts';
import { Button } from '../ui/button.tsx';
import { Countdown } from '../ui/read-state.tsx';
import type { Tone } from '../ui/status.tsx';
import { Notice } from '../ui/status.tsx';
import { wordsForOutcome } from '../intents/outcome-words.ts';
import { wordsForRefusal } from './refusal-words.ts';

interface WriteStatusProps {
  readonly write: Write;
  /** Buttons that put a refusal right. */
  readonly remedies?: (problem: RefusalBody) => ReactNode;
}

/** How a write stands, and its outcome: said in a `status` that stays until the next one. */
export function WriteStatus({ write, remedies }: WriteStatusProps) {
  const { t } = useLingui();
  const { progress, intent } = write;
  if (progress === undefined || intent === undefined) return <div role="status" />;
  const refusal = progress.status === 'refused' ? progress.problem : undefined;
  const actions = [
    progress.status === 'busy' && <Button key="stop" small onClick={write.stop}>{t`Stop`}</Button>,
    refusal && remedies?.(refusal),
  ].filter(Boolean);
  return (
    <Notice tone={toneOf(progress)} role="status" {...(actions.length > 0 && { actions })}>
      <p>{refusal ? wordsForRefusal(refusal) : wordsForOutcome(intent, progress)}</p>
      {(progress.status === 'busy' || progress.status === 'unknown') && (
        <Countdown untilMs={progress.nextTryAtMs} />
      )}
    </Notice>
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

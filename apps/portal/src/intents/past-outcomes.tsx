import { lazy, Suspense, useEffect, useState } from 'react';
import { ErrorBoundary } from '../app/error-boundary.tsx';
import { onOutcome } from './intents.ts';
import type { Past } from './past-outcome.tsx';

const pageStartedMs = Date.now();
/** The words of all refusals: most pages start without an outcome. */
const PastOutcome = lazy(() => import('./past-outcome.tsx'));

/** What became of writes that an earlier page sent without getting their answers. */
export function PastOutcomes() {
  const [past, setPast] = useState<readonly Past[]>([]);
  useEffect(
    () =>
      onOutcome((outcome) => {
        if (outcome.intent.atMs < pageStartedMs) setPast((shown) => [...shown, outcome]);
      }),
    [],
  );
  if (past.length === 0) return null;
  return (
    <ErrorBoundary>
      <Suspense>
        {past.map((one) => (
          <PastOutcome
            key={one.intent.key}
            past={one}
            close={() => setPast((shown) => shown.filter((other) => other !== one))}
          />
        ))}
      </Suspense>
    </ErrorBoundary>
  );
}

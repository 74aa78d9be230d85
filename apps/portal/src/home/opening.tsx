import { Trans } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { refreshReads } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import type { OwnWindow } from '../registration/use-own-window.ts';
import { usePauseCheck } from '../registration/use-own-window.ts';
import { useSecondsUntilMoment, useWindowStanding } from '../registration/use-window.ts';
import { Paused } from '../registration/window-notice.tsx';
import { Notice } from '../ui/status.tsx';

interface OpeningProps {
  readonly semester: Semester;
  /** The reader's own, or the general one. */
  readonly window: OwnWindow;
}

/** When enrollment opens, counted down; it changes to open by itself when the moment comes. */
export function Opening({ semester: { name }, window }: OpeningProps) {
  const format = useFormat();
  const { state, isPaused } = useWindowStanding(window);
  const before = useRef(state);
  usePauseCheck(isPaused);
  useEffect(() => {
    if (before.current === 'before' && state === 'open')
      void refreshReads('GET /api/semesters', 'GET /api/courses');
    before.current = state;
  }, [state]);
  const closes = format.moment(window.closesAt);
  if (state === 'after')
    return (
      <Notice tone="neutral">
        <p>
          <Trans>
            Enrollment in {name} closed on {closes}.
          </Trans>
        </p>
      </Notice>
    );
  return (
    <>
      {isPaused && <Paused />}
      {state === 'before' && <Countdown name={name} window={window} />}
      {state === 'open' && !isPaused && (
        <Notice tone="ok">
          <p>
            <Trans>
              Enrollment in {name} is open, until {closes}.
            </Trans>
          </p>
        </Notice>
      )}
    </>
  );
}

function Countdown({ name, window: { opensAt, ticket } }: { name: string; window: OwnWindow }) {
  const format = useFormat();
  const opens = format.moment(opensAt);
  const rest = format.duration(useSecondsUntilMoment(opensAt));
  return (
    <Notice tone="waiting" icon="clock">
      <p>
        {ticket === undefined ? (
          <Trans>
            Enrollment in {name} opens on {opens}, in <strong>{rest}</strong>. This page opens with it.
          </Trans>
        ) : (
          <Trans>
            Your enrollment in {name} opens on {opens} ({ticket}), in <strong>{rest}</strong>. This page opens
            with it.
          </Trans>
        )}
      </p>
    </Notice>
  );
}

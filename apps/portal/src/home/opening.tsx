import { Trans } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { refreshReads } from '../api/queries.ts';
import { useFormat } from '../app/format.ts';
import type { Semester } from '../catalogue/use-semesters.ts';
import { useSecondsUntilMoment, useWindowState } from '../registration/use-window.ts';
import { Notice } from '../ui/status.tsx';

/** When enrollment opens, counted down; it changes to open by itself when the moment comes. */
export function Opening({ semester }: { readonly semester: Semester }) {
  const format = useFormat();
  const state = useWindowState(semester);
  const seconds = useSecondsUntilMoment(semester.enrollmentOpensAt);
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'before' && state === 'open')
      void refreshReads('GET /api/semesters', 'GET /api/courses');
    before.current = state;
  }, [state]);
  const { name } = semester;
  const opens = format.moment(semester.enrollmentOpensAt);
  const closes = format.moment(semester.enrollmentClosesAt);
  if (state === 'before') {
    const rest = format.duration(seconds);
    return (
      <Notice tone="waiting" icon="clock">
        <p>
          <Trans>
            Enrollment in {name} opens on {opens}, in <strong>{rest}</strong>. This page opens with it.
          </Trans>
        </p>
      </Notice>
    );
  }
  if (state === 'open')
    return (
      <Notice tone="ok">
        <p>
          <Trans>
            Enrollment in {name} is open, until {closes}.
          </Trans>
        </p>
      </Notice>
    );
  return (
    <Notice tone="neutral">
      <p>
        <Trans>
          Enrollment in {name} closed on {closes}.
        </Trans>
      </p>
    </Notice>
  );
}

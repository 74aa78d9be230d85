import { Trans } from '@lingui/react/macro';
import { useFormat } from '../app/format.ts';
import { Notice } from '../ui/status.tsx';
import type { OwnWindow } from './use-own-window.ts';
import { useSecondsUntilMoment } from './use-window.ts';
import type { WindowState } from './window.rules.ts';

interface WindowNoticeProps {
  readonly window: OwnWindow | undefined;
  readonly windowState: WindowState | undefined;
  readonly isPaused: boolean;
  /** All seats and waiting places are taken. */
  readonly isTaken: boolean;
}

/** Says why no button can be pressed: enrollment has not opened, pauses, has closed, or everything is taken. */
export function WindowNotice({ window, windowState, isPaused, isTaken }: WindowNoticeProps) {
  if (window && windowState === 'after') return <Closed at={window.closesAt} />;
  return (
    <>
      {isPaused && <Paused />}
      {window && windowState === 'before' && <Opening window={window} />}
      {isTaken && (
        <p>
          <Trans>
            All seats are taken, and nobody more can wait. A seat that comes free shows here at once.
          </Trans>
        </p>
      )}
    </>
  );
}

/** Registration pauses: who has stopped it, and what is still possible. */
export function Paused() {
  return (
    <Notice tone="warn">
      <p>
        <strong>
          <Trans>Registration is paused by the registrar's office.</Trans>
        </strong>{' '}
        <Trans>
          Nobody can enroll until it continues; you can still drop courses. This page continues with it.
        </Trans>
      </p>
    </Notice>
  );
}

/** Counts down to the opening; the button arms itself then, and nothing is sent without a click. */
function Opening({ window: { opensAt, ticket } }: { readonly window: OwnWindow }) {
  const format = useFormat();
  const moment = format.moment(opensAt);
  const rest = format.duration(useSecondsUntilMoment(opensAt));
  return (
    <p>
      {ticket === undefined ? (
        <Trans>
          Enrollment opens on {moment}, in <strong>{rest}</strong>. You need not reload this page.
        </Trans>
      ) : (
        <Trans>
          Your enrollment opens on {moment} ({ticket}), in <strong>{rest}</strong>. You need not reload this
          page.
        </Trans>
      )}
    </p>
  );
}

function Closed({ at }: { readonly at: string }) {
  const moment = useFormat().moment(at);
  return (
    <p>
      <Trans>Enrollment closed on {moment}. Ask the registrar's office about a late enrollment.</Trans>
    </p>
  );
}

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { RefObject } from 'react';
import { useEffect, useRef } from 'react';
import type { Semester } from '../catalogue/use-semesters.ts';
import { HoldNotice } from '../registration/hold-notice.tsx';
import { OwnHoldsLink } from '../registration/own-holds-link.tsx';
import { useOwnWindow, usePauseCheck } from '../registration/use-own-window.ts';
import { useWindowStanding } from '../registration/use-window.ts';
import { WindowNotice } from '../registration/window-notice.tsx';
import { Button } from '../ui/button.tsx';
import { Countdown, ErrorPanel } from '../ui/read-state.tsx';
import styles from './cart.module.css';
import type { CartRegistration } from './use-cart-registration.ts';

interface RegisterBarProps {
  readonly semester: Semester;
  /** Courses that would be asked for. */
  readonly count: number;
  readonly registration: CartRegistration;
  readonly register: () => void;
}

/** The button that takes the cart, with what holds for all of it: the opening, a pause, holds, a busy server. */
export function RegisterBar({ semester, count, registration, register }: RegisterBarProps) {
  const { t } = useLingui();
  const { window, holds, read } = useOwnWindow(semester);
  const { state, isPaused } = useWindowStanding(window);
  const { isOpen, progress, stop } = registration;
  const canRegister = state === 'open' && !isPaused && count > 0;
  const button = useRef<HTMLButtonElement>(null);
  usePauseCheck(isPaused);
  useFocusWhenArmed(button, canRegister);
  return (
    <div className={styles['bar']}>
      {read.error !== null && <ErrorPanel query={read} />}
      {holds
        .filter(({ blocks }) => blocks.includes('enroll'))
        .map((hold) => (
          <HoldNotice key={hold.id} hold={hold} actions={<OwnHoldsLink />} />
        ))}
      <WindowNotice window={window} windowState={state} isPaused={isPaused} isTaken={false} />
      <div className={styles['buttons']}>
        <Button
          ref={button}
          look="primary"
          disabled={!canRegister || isOpen}
          onClick={register}
        >{t`Register`}</Button>
        <span className={styles['count']}>
          {count === 0 ? (
            <Trans>Nothing in the cart is left to register for.</Trans>
          ) : (
            <Plural value={count} one="# course, in this order" other="# courses, in this order" />
          )}
        </span>
        {progress?.status === 'busy' && <Button small onClick={stop}>{t`Stop`}</Button>}
      </div>
      {(progress?.status === 'busy' || progress?.status === 'unknown') && (
        <Countdown untilMs={progress.nextTryAtMs} />
      )}
    </div>
  );
}

/** A reader who waits on the page for the opening has the button under Enter then; nobody is taken away from elsewhere. */
function useFocusWhenArmed(button: RefObject<HTMLButtonElement | null>, isArmed: boolean): void {
  const wasWaiting = useRef(false);
  useEffect(() => {
    const focused = document.activeElement;
    const isIdle = focused === null || focused === document.body || focused.tagName === 'H1';
    if (isArmed && wasWaiting.current && isIdle) button.current?.focus({ preventScroll: true });
    wasWaiting.current = !isArmed;
  }, [button, isArmed]);
}

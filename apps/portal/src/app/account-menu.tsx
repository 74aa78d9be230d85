import { Trans, useLingui } from '@lingui/react/macro';
import type { KeyboardEvent } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { session } from '../api/session.ts';
import { intents } from '../intents/intents.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { goTo } from './navigation.ts';
import { forgetOwnData } from './own-data.ts';
import { paths } from './paths.ts';
import { useSession } from './session-hooks.ts';
import styles from './account-menu.module.css';

/** The button "Account" of the header, and its menu. */
export function AccountMenu() {
  const { t } = useLingui();
  const { user } = useSession();
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!isOpen) return undefined;
    menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const close = (event: PointerEvent) => {
      if (!(event.target as Element).closest(`.${styles['root']}`)) setOpen(false);
    };
    addEventListener('pointerdown', close);
    return () => removeEventListener('pointerdown', close);
  }, [isOpen]);

  function closeMenu(): void {
    setOpen(false);
    button.current?.focus();
  }

  function move(event: KeyboardEvent): void {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const next = steps[event.key];
    if (event.key === 'Escape') closeMenu();
    else if (event.key === 'Tab') setOpen(false);
    else if (next !== undefined) items.at(next % items.length)?.focus();
    if (event.key === 'Escape' || next !== undefined) event.preventDefault();
  }

  async function signOut(): Promise<void> {
    setOpen(false);
    setAsking(false);
    setFailed(false);
    const userId = user?.id;
    try {
      const logoutUrl = await session.signOut();
      if (userId !== undefined) forgetOwnData(userId);
      if (logoutUrl === null) goTo(paths.home);
      else location.assign(logoutUrl);
    } catch {
      setFailed(true);
    }
  }

  return (
    <div className={styles['root']}>
      <Button
        ref={button}
        small
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="user" />
        {t`Account`}
      </Button>
      {isOpen && (
        <div className={styles['menu']}>
          <p className={styles['who']}>{user?.name}</p>
          <div role="menu" id={id} tabIndex={-1} aria-label={t`Account`} ref={menu} onKeyDown={move}>
            <button
              role="menuitem"
              type="button"
              onClick={() => {
                closeMenu();
                goTo(paths.account);
              }}
            >{t`Settings`}</button>
            <button
              role="menuitem"
              type="button"
              onClick={() => (intents.hasOpen() ? setAsking(true) : void signOut())}
            >{t`Sign out`}</button>
          </div>
        </div>
      )}
      <Dialog title={t`Sign out now?`} isOpen={isAsking} onClose={() => setAsking(false)}>
        <p>
          <Trans>
            A request of yours has no answer yet. If you sign out, this page no longer asks for it.
          </Trans>
        </p>
        <DialogActions>
          <Button onClick={() => setAsking(false)}>{t`Stay signed in`}</Button>
          <Button look="danger" onClick={() => void signOut()}>{t`Sign out`}</Button>
        </DialogActions>
      </Dialog>
      <Dialog title={t`You are still signed in`} isOpen={hasFailed} onClose={() => setFailed(false)}>
        <p>
          <Trans>The server could not be reached, or is busy. Try again before you leave this device.</Trans>
        </p>
        <DialogActions>
          <Button onClick={() => setFailed(false)}>{t`Stay signed in`}</Button>
          <Button look="danger" onClick={() => void signOut()}>{t`Retry`}</Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}

import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { currentPreferences } from './preferences.ts';
import { goTo } from './navigation.ts';
import { paths } from './paths.ts';

/** Shortcuts of one key, and the dialog `?` that lists them. They can be switched off in the account. */
export function Help() {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if ((event.target as Element).closest('input, select, textarea, dialog, [role=menu]')) return;
      if (!currentPreferences().shortcuts) return;
      if (event.key === '?') setOpen(true);
      else if (event.key === '/') focusSearch();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return (
    <Dialog title={t`Keyboard`} isOpen={isOpen} onClose={() => setOpen(false)}>
      <dl>
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>
          <Trans>Search courses</Trans>
        </dd>
        <dt>
          <kbd>Ctrl</kbd> + <kbd>K</kbd>
        </dt>
        <dd>
          <Trans>Go to any page or course</Trans>
        </dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>
          <Trans>This help</Trans>
        </dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>
          <Trans>Close what is open</Trans>
        </dd>
      </dl>
      <DialogActions>
        <Button onClick={() => setOpen(false)}>{t`Close`}</Button>
      </DialogActions>
    </Dialog>
  );
}

function focusSearch(): void {
  const box = document.querySelector<HTMLInputElement>('input[type=search]');
  if (box) box.focus();
  else goTo(`${paths.courses}?focus=search`);
}

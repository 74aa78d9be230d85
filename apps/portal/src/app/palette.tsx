import { useLingui } from '@lingui/react/macro';
import { Suspense, lazy, useEffect, useState } from 'react';

const PaletteDialog = lazy(() => import('./palette-dialog.tsx'));

/** `Ctrl+K`, or `⌘K`: goes to any page or course. Loaded when it is first asked for. */
export function Palette() {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey
      )
        return;
      event.preventDefault();
      setOpen((shown) => !shown);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  if (!isOpen) return null;
  return (
    <Suspense fallback={<span className="visually-hidden">{t`Loading…`}</span>}>
      <PaletteDialog onClose={() => setOpen(false)} />
    </Suspense>
  );
}

import { useEffect, useRef } from 'react';
import { Notice } from '../ui/status.tsx';
import type { FormState } from './use-form.ts';

/** What is wrong with a form, said at once; the first field with a fault gets the focus. */
export function FormFault({ state }: { readonly state: FormState }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.fault !== undefined)
      place.current?.closest('form')?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [state]);
  return (
    <div ref={place} hidden={state.fault === undefined}>
      {state.fault !== undefined && (
        <Notice tone="bad" role="alert">
          {state.fault}
        </Notice>
      )}
    </div>
  );
}

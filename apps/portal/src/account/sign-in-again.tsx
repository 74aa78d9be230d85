import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useSession } from '../app/session-hooks.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** A button that opens the form to sign in once more, for what needs a sign-in of a moment ago. */
export function SignInAgain({ onDone }: { readonly onDone: () => void }) {
  const { t } = useLingui();
  const { user } = useSession();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t`Sign in again`}</Button>
      <Dialog title={t`Sign in again`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <p>
          <Trans>Give your password once more. Then go on here.</Trans>
        </p>
        <SignInForm
          {...(user && { email: user.email })}
          onDone={() => {
            setOpen(false);
            onDone();
          }}
        />
      </Dialog>
    </>
  );
}

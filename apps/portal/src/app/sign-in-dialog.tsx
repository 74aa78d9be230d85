import { Trans, useLingui } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import { SignInForm } from '../account/sign-in-form.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useSession } from './session-hooks.ts';
import { signInRequest } from './sign-in-request.ts';

/** Signing in over the page: when the session ended in the middle, or something needs one. Nothing typed is lost. */
export function SignInDialog() {
  const { t } = useLingui();
  const { status, user } = useSession();
  const isWanted = useSyncExternalStore(signInRequest.subscribe, signInRequest.isOpen);
  const hasEnded = status === 'ended';
  return (
    <Dialog
      title={t`Sign in`}
      isOpen={(hasEnded || isWanted) && status !== 'signed-in'}
      onClose={() => signInRequest.close()}
    >
      <p>
        {hasEnded ? (
          <Trans>Your session has ended. Sign in again to go on; nothing on this page is lost.</Trans>
        ) : (
          <Trans>Sign in to go on.</Trans>
        )}
      </p>
      <SignInForm {...(user && { email: user.email })} onDone={() => signInRequest.close()} />
    </Dialog>
  );
}

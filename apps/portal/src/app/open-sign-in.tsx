import { Trans, useLingui } from '@lingui/react/macro';
import { SignInForm } from '../account/sign-in-form.tsx';
import { Dialog } from '../ui/dialog.tsx';

interface OpenSignInProps {
  /** The session ended by itself; else something on the page needs one. */
  readonly hasEnded: boolean;
  /** Who was signed in. */
  readonly email: string | undefined;
  readonly onClose: () => void;
}

/** The dialog to sign in, over the page. */
export default function OpenSignIn({ hasEnded, email, onClose }: OpenSignInProps) {
  const { t } = useLingui();
  return (
    <Dialog title={t`Sign in`} isOpen onClose={onClose}>
      <p>
        {hasEnded ? (
          <Trans>Your session has ended. Sign in again to go on; nothing on this page is lost.</Trans>
        ) : (
          <Trans>Sign in to go on.</Trans>
        )}
      </p>
      <SignInForm {...(email !== undefined && { email })} onDone={onClose} />
    </Dialog>
  );
}

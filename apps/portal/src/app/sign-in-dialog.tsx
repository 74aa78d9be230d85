import { lazy, Suspense, useSyncExternalStore } from 'react';
import { withMessages } from './preferences.ts';
import { useSession } from './session-hooks.ts';
import { signInRequest } from './sign-in-request.ts';

/** Signing in over the page: when the session ended in the middle, or something needs one. Nothing typed is lost. */
export function SignInDialog() {
  const { status, user } = useSession();
  const isWanted = useSyncExternalStore(signInRequest.subscribe, signInRequest.isOpen);
  const hasEnded = status === 'ended';
  if (!(hasEnded || isWanted) || status === 'signed-in') return null;
  return (
    <Suspense>
      <OpenSignIn hasEnded={hasEnded} email={user?.email} onClose={() => signInRequest.close()} />
    </Suspense>
  );
}

/** Most pages never ask for it. The whole dialog is loaded at once, so that it opens with its focus in the form. */
const OpenSignIn = lazy(loadSignIn);

/** Loads the dialog's code, so that it is there when a session ends. */
export function loadSignIn() {
  return withMessages('account', () => import('./open-sign-in.tsx'));
}

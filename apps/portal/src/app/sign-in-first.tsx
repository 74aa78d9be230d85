import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { SignInForm } from '../account/sign-in-form.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { Screen } from './screen.tsx';
import { useSession } from './session-hooks.ts';

/** Shows a screen of one's own; without a session, the form to sign in, and then the screen. */
export function SignInFirst({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui();
  const { status } = useSession();
  if (status === 'starting') return <Skeleton />;
  if (status !== 'signed-out') return children;
  return (
    <Screen title={t`Sign in`}>
      <p>
        <Trans>This page is yours alone: sign in to see it.</Trans>
      </p>
      <SignInForm />
    </Screen>
  );
}

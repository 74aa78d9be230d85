import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { lazy, Suspense } from 'react';
import { Skeleton } from '../ui/loading.tsx';
import { withMessages } from './preferences.ts';
import { Screen } from './screen.tsx';
import { useSession } from './session-hooks.ts';

/** A reader who is signed in never sees it. */
const SignInForm = lazy(async () => {
  const { SignInForm: Form } = await withMessages('account', () => import('../account/sign-in-form.tsx'));
  return { default: Form };
});

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
      <Suspense fallback={<Skeleton rows={3} />}>
        <SignInForm />
      </Suspense>
    </Screen>
  );
}

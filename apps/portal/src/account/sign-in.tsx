import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { goTo, Link, useQueryState } from '../app/navigation.ts';
import { paths } from '../app/paths.ts';
import { Screen } from '../app/screen.tsx';
import { useSession } from '../app/session-hooks.ts';
import { Notice } from '../ui/status.tsx';
import { wordsForCampusSignIn } from './campus-sign-in-words.ts';
import { SignInForm } from './sign-in-form.tsx';

/** `/sign-in`: leads on to `?returnTo=`, a path of this portal, or to the home page. */
export default function SignIn() {
  const { t } = useLingui();
  const { status } = useSession();
  const [query] = useQueryState();
  const asked = query.get('returnTo') ?? '';
  const returnTo = isOwnPath(asked) ? asked : paths.home;
  const error = query.get('error');
  useEffect(() => {
    if (status === 'signed-in') goTo(returnTo, { replace: true });
  }, [status, returnTo]);
  return (
    <Screen title={t`Sign in`}>
      {error !== null && (
        <Notice tone="bad" role="alert">
          {wordsForCampusSignIn(error)}
        </Notice>
      )}
      <SignInForm returnTo={returnTo} />
      <ul>
        <li>
          <Link href={paths.resetPassword}>{t`Forgotten your password?`}</Link>
        </li>
        <li>
          <Link href={paths.signUp}>{t`Create an account`}</Link>
        </li>
      </ul>
    </Screen>
  );
}

/** A path of this origin: no scheme, no host, no backslash that browsers read as a slash. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[^\\]*$/.test(path);
}

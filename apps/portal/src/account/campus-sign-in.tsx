import { Trans } from '@lingui/react/macro';
import { useCampus } from '../app/campus.ts';
import { ButtonLink } from '../ui/button.tsx';
import styles from './account.module.css';

/** Links to sign in by the campus, one for each provider; nothing where there is none. */
export function CampusSignIn({ returnTo }: { readonly returnTo: string }) {
  const providers = (useCampus().signIn ?? []).filter(({ kind }) => kind === 'oidc');
  if (providers.length === 0) return null;
  return (
    <div className={styles['providers']}>
      {providers.map(({ id, name }) => (
        // Not a path of the portal: the server answers, and leads on to the campus.
        <ButtonLink
          key={id}
          href={`/api/auth/oidc/${encodeURIComponent(id)}/start?${new URLSearchParams({ returnTo }).toString()}`}
          isOutside
        >
          <Trans>Sign in with {name}</Trans>
        </ButtonLink>
      ))}
    </div>
  );
}

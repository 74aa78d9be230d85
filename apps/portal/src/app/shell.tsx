import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useState } from 'react';
import { Route, Switch } from 'wouter';
import { isStorageUsable } from '../api/storage.ts';
import { LiveAnnouncer } from '../live/live-announcer.tsx';
import { PastOutcomes } from '../intents/past-outcomes.tsx';
import { Skeleton } from '../ui/loading.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { AccountMenu } from './account-menu.tsx';
import { useCampus } from './campus.ts';
import { Connection } from './connection.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Help } from './help.tsx';
import { MainNavigation } from './main-navigation.tsx';
import { Link } from './navigation.ts';
import { NotFound } from './not-found.tsx';
import { Palette } from './palette.tsx';
import { paths } from './paths.ts';
import { screens } from './screens.tsx';
import { SignInDialog } from './sign-in-dialog.tsx';
import { SignInFirst } from './sign-in-first.tsx';
import styles from './shell.module.css';
import { useSession } from './session-hooks.ts';

/** The frame around every screen: header, navigation, connection, the screen itself, and dialogs over all of them. */
export function Shell() {
  const { t } = useLingui();
  const campus = useCampus();
  const { status } = useSession();
  const [isMenuOpen, setMenuOpen] = useState(false);
  return (
    <>
      <a className={styles['skip']} href="#main">{t`Skip to content`}</a>
      <header className={styles['header']}>
        <Link href={paths.home} className={styles['brand'] ?? ''}>
          {campus.name}
        </Link>
        <button
          type="button"
          className={styles['menu']}
          aria-expanded={isMenuOpen}
          aria-controls="navigation"
          onClick={() => setMenuOpen(!isMenuOpen)}
        >
          <Icon name={isMenuOpen ? 'close' : 'menu'} />
          <span className={styles['menuName']}>{t`Menu`}</span>
        </button>
        <div id="navigation" className={styles['navigation']} data-open={isMenuOpen}>
          <MainNavigation onChosen={() => setMenuOpen(false)} />
        </div>
        <div className={styles['session']}>
          {status === 'signed-out' && <ButtonLink small href={paths.signIn}>{t`Sign in`}</ButtonLink>}
          {status !== 'signed-out' && status !== 'starting' && <AccountMenu />}
        </div>
      </header>
      <Connection />
      <main id="main" className={styles['main']} tabIndex={-1}>
        <PastOutcomes />
        <ErrorBoundary>
          <Suspense fallback={<Skeleton />}>
            <Switch>
              {Object.entries(screens).map(([name, { component: Component, reader }]) => (
                <Route key={name} path={paths[name as keyof typeof paths]}>
                  {reader === 'own' ? (
                    <SignInFirst>
                      <Component />
                    </SignInFirst>
                  ) : (
                    <Component />
                  )}
                </Route>
              ))}
              <Route>
                <NotFound />
              </Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </main>
      <footer className={styles['footer']}>
        <p>
          <Trans>All times are campus time.</Trans>
          {!isStorageUsable() && ' '}
          {!isStorageUsable() && (
            <Trans>This browser stores nothing, so you sign in again after each reload.</Trans>
          )}
        </p>
      </footer>
      <LiveAnnouncer />
      <SignInDialog />
      <Palette />
      <Help />
    </>
  );
}

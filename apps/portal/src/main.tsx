import './ui/tokens.css';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startActivity } from './api/activity.ts';
import { queryClient } from './api/queries.ts';
import { session } from './api/session.ts';
import { startPlaces } from './app/navigation.ts';
import { startOwnData } from './app/own-data.ts';
import { startPreferences } from './app/preferences.ts';
import { startServiceWorker } from './app/service-worker.ts';
import { loadScreenAt } from './app/screens.tsx';
import { Shell } from './app/shell.tsx';
import { startReloadOfStaleRelease } from './app/stale-release.ts';
import { liveHub } from './live/live-hub.ts';

startReloadOfStaleRelease();
startPlaces();
startActivity();
startOwnData();
liveHub.start();
session.subscribe(() => liveHub.watchUser(session.current().user?.id));
void session.start();
// Where it fails, the screen itself says so.
void loadScreenAt(location.pathname).catch(() => undefined);
await startPreferences();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <Shell />
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);
void startServiceWorker();

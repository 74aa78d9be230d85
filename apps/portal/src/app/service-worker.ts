import { session } from '../api/session.ts';
import { loadOwnScreens } from './screens.tsx';
import { prefetch } from './stale-release.ts';

interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

/** Registers the service worker, by which the portal starts without a connection. The page works without it. */
export async function startServiceWorker(): Promise<void> {
  if (!('serviceWorker' in navigator) || !isSecureContext) return;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypesFactory };
  const policy = trustedTypes?.createPolicy('registrar', { createScriptURL: (url) => url });
  const url = '/sw.js';
  try {
    await navigator.serviceWorker.register((policy?.createScriptURL(url) ?? url) as string, { scope: '/' });
    const { active } = await navigator.serviceWorker.ready;
    // What the page loaded before the service worker was there.
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    active?.postMessage(loaded);
    onceSignedIn(() => void prefetch(loadOwnScreens));
  } catch {
    // Forbidden by the browser's settings: the portal needs a connection then.
  }
}

function onceSignedIn(then: () => void): void {
  if (session.current().status === 'signed-in') return then();
  const stop = session.subscribe(() => {
    if (session.current().status !== 'signed-in') return;
    stop();
    then();
  });
}

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
  } catch {
    // Forbidden by the browser's settings: the portal needs a connection then.
  }
}

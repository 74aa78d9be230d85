/// <reference lib="webworker" />
/**
 * The service worker: the portal starts without a connection from the files of its last start.
 *
 * Pages come from the network first, assets (whose names carry a hash) from the cache first. The API is never cached
 * here: own data has its own store, which sign-out empties.
 */
declare const self: ServiceWorkerGlobalScope;

const cacheName = 'registrar-portal-1';
const shell = '/';
const mostAssets = 200;

self.addEventListener('install', (event) => {
  void self.skipWaiting();
  event.waitUntil(caches.open(cacheName).then((cache) => cache.add(shell)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const old = (await caches.keys()).filter((name) => name !== cacheName);
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && !url.pathname.startsWith('/api/')) event.respondWith(page(request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(asset(request));
});

/** A page names what it loaded before this worker was there; the browser's own cache still has it. */
self.addEventListener('message', ({ data }) => {
  const urls = (data as string[]).map((url) => new URL(url));
  const assets = urls.filter(
    ({ origin, pathname }) => origin === self.location.origin && pathname.startsWith('/assets/'),
  );
  void Promise.allSettled(assets.map((url) => asset(new Request(url))));
});

/** The page from the server, else the one of the last start: every path of the portal is the same document. */
async function page(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  try {
    const response = await fetch(request);
    if (response.ok && response.headers.get('content-type')?.startsWith('text/html'))
      await cache.put(shell, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(shell);
    if (kept === undefined) throw error;
    return kept;
  }
}

async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) {
    await cache.put(request, response.clone());
    await dropOldest(cache);
  }
  return response;
}

async function dropOldest(cache: Cache): Promise<void> {
  const keys = await cache.keys();
  const assets = keys.filter(({ url }) => new URL(url).pathname.startsWith('/assets/'));
  await Promise.all(assets.slice(0, Math.max(0, assets.length - mostAssets)).map((key) => cache.delete(key)));
}

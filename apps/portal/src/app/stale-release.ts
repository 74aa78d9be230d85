const pauseMs = 60_000;
const name = 'registrar:reloadedAt';
let prefetches = 0;

/**
 * A page of the last release asks for chunks that are gone: loaded again, it is of this release.
 *
 * At most once a minute, so that a chunk that stays away does not reload for ever; never without a connection, nor for
 * what the reader has not asked for.
 */
export function startReloadOfStaleRelease(): void {
  addEventListener('vite:preloadError', () => {
    if (prefetches > 0 || !navigator.onLine || !takeTurn()) return;
    location.reload();
  });
}

/** Loads what may be needed later. Failure: none, it is loaded when it is needed. */
export async function prefetch(load: () => Promise<unknown>): Promise<void> {
  prefetches += 1;
  try {
    await load();
  } catch {
    // Offline, or a release has replaced it.
  } finally {
    prefetches -= 1;
  }
}

/** Whether the last reload is long enough ago; without storage nobody knows, so none. */
function takeTurn(): boolean {
  try {
    if (Date.now() - Number(sessionStorage.getItem(name)) < pauseMs) return false;
    sessionStorage.setItem(name, String(Date.now()));
    return true;
  } catch {
    return false;
  }
}

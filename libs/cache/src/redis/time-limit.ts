/** What a limited promise came to. A rejection carries its reason; `late` means that the limit passed first. */
export type Limited<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly late: boolean; readonly reason: unknown };

/**
 * The promise's outcome, or `late` after `limitMs`. Never rejects.
 *
 * A process that was busy beyond the limit first takes what the network has delivered meanwhile, so its own
 * pauses are not mistaken for a slow partner.
 */
export function within<T>(limitMs: number, promise: Promise<T>): Promise<Limited<T>> {
  return new Promise((resolve) => {
    const late = (): void =>
      resolve({ ok: false, late: true, reason: new Error(`No answer in ${limitMs} ms.`) });
    const timer = setTimeout(() => setImmediate(late), limitMs);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve({ ok: true, value });
      },
      (reason: unknown) => {
        clearTimeout(timer);
        resolve({ ok: false, late: false, reason });
      },
    );
  });
}

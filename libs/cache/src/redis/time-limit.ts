/** What a limited promise came to. A rejection carries its reason; `late` means that the limit passed first. */
type Limited<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly late: boolean; readonly reason: unknown };

/** A timer that fires this late means that this process was not scheduled, ms. */
const starvedMs = 2;
/** How often the limit restarts for that at most; more restarts would hide a slow Redis. */
const maxGraces = 3;

/**
 * The promise's outcome, or `late` after `limitMs`. Never rejects.
 *
 * Only time in which this process could run counts: one that was busy, or was kept from the processor by others,
 * takes what the network has delivered by then and waits on, for its partner on the same machine fared no better.
 * To go without the partner then would make still more work for a machine that has too much. Bounded: four limits.
 */
export function within<T>(limitMs: number, promise: Promise<T>): Promise<Limited<T>> {
  return new Promise((resolve) => {
    let graces = maxGraces;
    let dueMs = 0;
    let timer: NodeJS.Timeout;
    const wait = (): void => {
      dueMs = performance.now() + limitMs;
      timer = setTimeout(judge, limitMs);
    };
    const judge = (): void => {
      if (performance.now() - dueMs <= starvedMs || graces === 0) return void setImmediate(late);
      graces -= 1;
      wait();
    };
    const late = (): void =>
      resolve({ ok: false, late: true, reason: new Error(`No answer in ${limitMs} ms.`) });
    wait();
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

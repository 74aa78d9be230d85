/** A package manager passes on a Ctrl-C that the terminal has sent to all already: that is one request. */
const sameRequestMs = 500;

/**
 * Resolves when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal.
 *
 * `onAgain` runs at the second and every later request, for somebody who does not want to wait.
 */
export function stopRequest(onAgain: () => void): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAtMs: number | undefined;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (askedAtMs !== undefined && performance.now() - askedAtMs > sameRequestMs) onAgain();
        askedAtMs ??= performance.now();
        resolve(name);
      });
    }
  });
}

/**
 * Resolves when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal.
 *
 * `onAgain` runs at the second and every later request, for somebody who does not want to wait.
 */
export function stopRequest(onAgain: () => void): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let asked = false;
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        if (asked) onAgain();
        asked = true;
        resolve(name);
      });
    }
  });
}

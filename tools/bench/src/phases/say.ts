/** Says what a run is doing, a line at a time. */
export type Say = (line: string) => void;

/** Says it on the terminal, with the seconds since the start. */
export function timedSay(): Say {
  const startedAtMs = performance.now();
  return (line) => {
    const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(0).padStart(4);
    process.stdout.write(`${seconds} s  ${line}\n`);
  };
}

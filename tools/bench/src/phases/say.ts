/** Prints the progress of a run, a line at a time. */
export type Say = (line: string) => void;

/** Prints on the terminal, with the seconds since the start. */
export function timedSay(): Say {
  const startedAtMs = performance.now();
  return (line) => {
    const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(0).padStart(4);
    process.stdout.write(`${seconds} s  ${line}\n`);
  };
}

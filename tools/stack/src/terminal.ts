import { messageOf, StackFault } from './stack-fault.ts';

/** Where a command says what it is doing: one line for each thing that takes long or that went wrong. */
export interface Terminal {
  info(line: string): void;
  warn(line: string): void;
}

/** Writes to the terminal that the command was started in. */
export const standardTerminal: Terminal = {
  info: (line) => process.stdout.write(`${line}\n`),
  warn: (line) => process.stderr.write(`${line}\n`),
};

/** Says nothing, for a system that a test starts. */
export const silentTerminal: Terminal = { info: () => undefined, warn: () => undefined };

/** Seconds since `startedAtMs` with one decimal, as progress lines show them: `(3.1 s)`. */
export function since(startedAtMs: number): string {
  return `(${((performance.now() - startedAtMs) / 1000).toFixed(1)} s)`;
}

/** The Kafka client asks for a timer in the past now and then, which is no business of the user. */
function passOverTimerWarnings(): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    if (name !== 'TimeoutNegativeWarning') standardTerminal.warn(`${name}: ${message}`);
  });
}

/**
 * Runs the body of a command and ends the process: a fault, and an argument that is not known, become their lines
 * on stderr and exit code 1, anything unforeseen its stack trace too.
 */
export async function runCommand(body: () => Promise<void>): Promise<never> {
  passOverTimerWarnings();
  try {
    await body();
  } catch (error) {
    if (error instanceof StackFault) for (const line of error.lines) standardTerminal.warn(line);
    else if (isOfArguments(error)) standardTerminal.warn(error.message);
    else standardTerminal.warn(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
    process.exit(1);
  }
  process.exit();
}

/** Whether it is what Node's `parseArgs` says of an argument. */
function isOfArguments(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

import type { RegistrarApi } from '../api/registrar-api.ts';
import type { Terminal } from '../terminal.ts';

/** Where a command tells its result, and how. */
export interface CommandOutput {
  terminal: Terminal;
  /** Whether the result is told as JSON. */
  json: boolean;
}

/** What a command works with that asks a running system. */
export interface CommandContext extends CommandOutput {
  api: RegistrarApi;
}

/** Tells a result: as one line of JSON, or in words. */
export function tell({ terminal, json }: CommandOutput, result: object, words: string): void {
  terminal.out(`${json ? JSON.stringify(result) : words}\n`);
}

/** Runs a command with its context; what it gives is the exit code. */
export type RunCommand = (command: (context: CommandContext) => Promise<number>) => Promise<void>;

import type { RegistrarApi } from '../api/registrar-api.ts';
import type { Terminal } from '../terminal.ts';

/** What a command works with. */
export interface CommandContext {
  api: RegistrarApi;
  terminal: Terminal;
  /** Whether the result is told as JSON. */
  json: boolean;
}

/** Tells a result: as one line of JSON, or in words. */
export function tell({ terminal, json }: CommandContext, result: object, words: string): void {
  terminal.out(`${json ? JSON.stringify(result) : words}\n`);
}

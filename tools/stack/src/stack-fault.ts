/**
 * Something that the person at the terminal has to put right, in words for that person.
 *
 * Each of `lines` says one thing and what to do about it; commands print them without a stack trace and end
 * with exit code 1.
 */
export class StackFault extends Error {
  readonly lines: readonly string[];

  constructor(...lines: readonly [string, ...string[]]) {
    super(lines.join('\n'));
    this.name = 'StackFault';
    this.lines = lines;
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

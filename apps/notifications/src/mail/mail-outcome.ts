/** What became of an attempt. */
export type MailOutcome =
  { kind: 'sent' } | { kind: 'retry'; reason: string; dueAtMs: number } | { kind: 'failed'; reason: string };

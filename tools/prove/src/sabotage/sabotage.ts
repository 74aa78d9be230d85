import { extname } from 'node:path';

/** Faults that can be put into the product on purpose, each of which must be caught. */
export const sabotages = [
  'no-condition',
  'ack-before-commit',
  'lost-outbox',
  'stale-cache',
  'lax-eligibility',
  'lax-sections',
  'lax-codes',
  'unowed-seats',
] as const;
export type Sabotage = (typeof sabotages)[number];

/** Variables with which Node loads the faults before the app: the product has no code for them. */
export function sabotageOptions(faults: readonly Sabotage[]): { NODE_OPTIONS?: string } {
  if (faults.length === 0) return {};
  const files = faults.map((name) => new URL(`./${name}.fault${extname(import.meta.url)}`, import.meta.url));
  return { NODE_OPTIONS: files.map(({ href }) => `--import=${href}`).join(' ') };
}

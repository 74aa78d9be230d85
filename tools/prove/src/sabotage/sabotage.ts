import { extname } from 'node:path';

/** Faults that can be put into the product on purpose, each of which must be caught. */
export const sabotages = [
  'no-condition',
  'ack-before-commit',
  'lost-outbox',
  'stale-cache',
  'lax-eligibility',
] as const;
export type Sabotage = (typeof sabotages)[number];

/** Variables with which Node loads the fault before the app: the product has no code for it. */
export function sabotageOptions(sabotage: Sabotage | undefined): { NODE_OPTIONS?: string } {
  if (sabotage === undefined) return {};
  const file = new URL(`./${sabotage}.fault${extname(import.meta.url)}`, import.meta.url);
  return { NODE_OPTIONS: `--import=${file.href}` };
}

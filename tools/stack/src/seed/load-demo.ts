import type { SeedTarget } from '../system/options.ts';

/** Loads the demo data. */
export async function loadDemo(_target: SeedTarget): Promise<void> {
  await Promise.resolve();
}

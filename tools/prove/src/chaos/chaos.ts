import { setTimeout as delay } from 'node:timers/promises';
import { between, shuffled } from '@registrar/testing/random';
import type { Battlefield } from './episodes.ts';
import { episodes } from './episodes.ts';

/** Which chaos there is, and for how long. */
export interface ChaosPlan {
  /** Names of episodes. */
  readonly only: readonly string[];
  /** No episode begins after it, of `performance.now()`. */
  readonly endsAt: number;
  /** Between two episodes, ms. */
  readonly pauseMs: readonly [from: number, to: number];
}

/** One episode after the other, each kind once before any comes again, in an order that the seed draws. */
export async function makeChaos(field: Battlefield, { only, endsAt, pauseMs }: ChaosPlan): Promise<void> {
  const names = Object.keys(episodes).filter((name) => only.includes(name));
  let waiting: string[] = [];
  for (;;) {
    await delay(between(field.random, ...pauseMs));
    if (performance.now() >= endsAt || names.length === 0) return;
    if (waiting.length === 0) waiting = shuffled(field.random, names);
    await episodes[waiting.pop() ?? '']?.(field);
  }
}

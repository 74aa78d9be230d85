import type { AnswerSource } from '@registrar/cache';

const farther: readonly AnswerSource[] = ['l1', 'l2', 'load', 'stale'];

/** The layer that an answer of several parts came from: the farthest of them, and stale where any part is. */
export function farthest(sources: readonly AnswerSource[]): AnswerSource {
  return farther[Math.max(0, ...sources.map((source) => farther.indexOf(source)))] ?? 'l1';
}

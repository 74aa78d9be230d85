import type { RefusalBody } from '../intents/intent.ts';

/** A refusal in the reader's language, by its code and params; the server's own words where the code is not known. */
export function wordsForRefusal(problem: RefusalBody): string {
  return problem.detail;
}

import type { Finding, Invariant } from './invariant.ts';
import { Verdict } from './invariant.ts';

/** Nothing stays undone: no event unpublished, no promotion owed, no mail waiting, nothing given up. */
export const quiescence: Invariant = {
  name: 'quiescence',
  statement: 'after the chaos everything comes to rest, and nothing was given up',
  check: ({ backlog }): Finding => {
    const verdict = new Verdict();
    for (const [what, count] of Object.entries(backlog))
      verdict.expect(count === 0, () => `${count} ${what} are left`);
    return verdict;
  },
};

import { invariant } from './invariant.ts';

/** Nothing stays undone: no event unpublished, no promotion owed, no mail waiting, nothing given up. */
export const quiescence = invariant(
  'quiescence',
  'after the chaos everything comes to rest, and nothing was given up',
  ({ backlog }, verdict) => {
    for (const [what, count] of Object.entries(backlog))
      verdict.expect(count === 0, () => `${count} ${what} are left`);
  },
);

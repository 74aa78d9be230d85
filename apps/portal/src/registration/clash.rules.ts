import type { Meeting } from '@registrar/contracts-courses';
import { meetAtOnce } from '@registrar/eligibility/rules';

/** Pairs of meetings that share a minute. */
export function clashesOf(ones: readonly Meeting[], others: readonly Meeting[]): [Meeting, Meeting][] {
  return ones.flatMap((one) =>
    others.filter((other) => meetAtOnce(one, other)).map((other): [Meeting, Meeting] => [one, other]),
  );
}

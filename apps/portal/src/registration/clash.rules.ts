import type { Meeting } from '@registrar/contracts-courses';

/** Whether two weekly meetings share a minute; touching is none. */
export function meetAtOnce(one: Meeting, other: Meeting): boolean {
  return one.day === other.day && one.start < other.end && other.start < one.end;
}

/** Pairs of meetings that share a minute. */
export function clashesOf(ones: readonly Meeting[], others: readonly Meeting[]): [Meeting, Meeting][] {
  return ones.flatMap((one) =>
    others.filter((other) => meetAtOnce(one, other)).map((other): [Meeting, Meeting] => [one, other]),
  );
}

import type { Offering } from './enrollment.types.ts';

/** What is wrong with credits that somebody asks for, in words; undefined where the course can be taken for so many. */
export function creditsFault(
  { code, credits: most, minCredits }: Pick<Offering, 'code' | 'credits' | 'minCredits'>,
  credits: number,
): string | undefined {
  if (credits >= (minCredits ?? most) && credits <= most) return undefined;
  if (minCredits === null) return `${code} has ${most} credits.`;
  return `${code} has ${minCredits} to ${most} credits, in quarters.`;
}

import type { Offering } from './enrollment.types.ts';

/** What is wrong with credits that somebody asks for, in words; undefined where the course can be taken for so many. */
export function creditsFault(
  { code, credits: most, minCredits }: Pick<Offering, 'code' | 'credits' | 'minCredits'>,
  credits: number,
): string | undefined {
  if (credits >= (minCredits ?? most) && credits <= most) return undefined;
  const possible = minCredits === null ? `${most}` : `${minCredits} to ${most} in quarters`;
  return `${code} has ${possible} credits.`;
}

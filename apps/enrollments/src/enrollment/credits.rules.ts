import type { Fault } from '@registrar/service';
import type { Offering } from './enrollment.types.ts';

/** Why a course cannot be taken for so many credits; undefined where it can. */
export function creditsFault(
  { code, minCredits, credits: most }: Pick<Offering, 'code' | 'minCredits' | 'credits'>,
  credits: number,
): Pick<Fault, 'code' | 'message'> | undefined {
  const least = minCredits ?? most;
  if (credits >= least && credits <= most) return undefined;
  const possible = minCredits === null ? `${most} credits` : `${least} to ${most} credits, in quarters`;
  return { code: 'invalid_value', message: `${code} has ${possible}.` };
}

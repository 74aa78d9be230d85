import { t } from '@lingui/core/macro';
import type { Fault, FaultCode } from '@registrar/contracts-http';
import { ApiProblem } from '../api/problems.ts';

/** What is wrong with each field of a form, by its path in the body. */
export type FieldFaults = Readonly<Record<string, string>>;

/** The faults of a 422, each beside its field, in the reader's language. Empty for any other error. */
export function fieldFaultsOf(error: unknown): FieldFaults {
  if (!(error instanceof ApiProblem)) return {};
  const faults = error.body.errors ?? [];
  return Object.fromEntries(faults.map((fault) => [fault.path, wordsForFault(fault)]));
}

/** Words of faults that a person can make; of any other, that the value cannot be taken. */
const words: Partial<Record<FaultCode, (params: NonNullable<Fault['params']>) => string>> = {
  required: () => t`Fill this in.`,
  too_short: ({ min = 1 }) => (min <= 1 ? t`Fill this in.` : t`Use at least ${min} characters.`),
  too_long: ({ max = 0 }) => t`Use at most ${max} characters.`,
  too_common: () => t`Many people use this password, so it is guessed first. Choose another one.`,
  invalid_format: () => t`This is not written as it has to be. Check it for typing errors.`,
};

/** One fault, by its code. */
export function wordsForFault({ code, params = {} }: Fault): string {
  return words[code]?.(params) ?? t`This cannot be taken. Check it.`;
}

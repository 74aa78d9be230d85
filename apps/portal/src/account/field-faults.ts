import { t } from '@lingui/core/macro';
import type { Fault } from '@registrar/contracts-http';
import { ApiProblem } from '../api/problems.ts';

/** What is wrong with each field of a form, by its path in the body. */
export type FieldFaults = Readonly<Record<string, string>>;

/** The faults of a 422, each beside its field, in the reader's language. Empty for any other error. */
export function fieldFaultsOf(error: unknown): FieldFaults {
  if (!(error instanceof ApiProblem)) return {};
  const faults = error.body.errors ?? [];
  return Object.fromEntries(faults.map((fault) => [fault.path, wordsForFault(fault)]));
}

/** One fault, by its code. */
export function wordsForFault({ code, params }: Fault): string {
  const { min = 0, max = 0 } = params ?? {};
  switch (code) {
    case 'required':
      return t`Fill this in.`;
    case 'too_short':
      return min <= 1 ? t`Fill this in.` : t`Use at least ${min} characters.`;
    case 'too_long':
      return t`Use at most ${max} characters.`;
    case 'too_common':
      return t`Many people use this password, so it is guessed first. Choose another one.`;
    case 'invalid_format':
      return t`This is not written as it has to be. Check it for typing errors.`;
    default:
      return t`This cannot be taken. Check it.`;
  }
}

import { useActionState } from 'react';
import { ApiProblem } from '../api/problems.ts';
import type { FieldFaults } from './field-faults.ts';
import { fieldFaultsOf } from './field-faults.ts';
import { wordsForRequest } from './request-words.ts';

/** How a form stands after it was sent. */
export interface FormState {
  /** What is wrong with the whole; undefined while nothing is. */
  readonly fault?: string;
  /** The code of the refusal that it is about. */
  readonly code?: string;
  readonly faults: FieldFaults;
  /** What was typed, so that nothing is lost; passwords aside. */
  readonly values: Readonly<Record<string, string>>;
  readonly isDone: boolean;
}

/**
 * A form that sends what was typed by `send`, and says every fault at once. What was typed stays, also on success.
 *
 * Returns its state, the action for `<form action>`, and whether it is being sent.
 */
export function useForm(
  send: (values: Readonly<Record<string, string>>) => Promise<void>,
): [FormState, (form: FormData) => void, boolean] {
  const initial: FormState = { faults: {}, values: {}, isDone: false };
  return useActionState(async (_: FormState, form: FormData): Promise<FormState> => {
    const values = Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
    try {
      await send(values);
      return { faults: {}, values, isDone: true };
    } catch (error) {
      const code = error instanceof ApiProblem ? error.body.code : '';
      return { fault: wordsForRequest(error), code, faults: fieldFaultsOf(error), values, isDone: false };
    }
  }, initial);
}

import { useLingui } from '@lingui/react/macro';
import { TextField } from '../ui/field.tsx';
import type { FormState } from '../forms/use-form.ts';

interface AccountFieldProps {
  readonly state: FormState;
  /** What stands in the field before anything was sent. */
  readonly initial?: string;
}

/** The email of an account; what was typed stays after a refusal. */
export function EmailField({ state, initial = '' }: AccountFieldProps) {
  const { t } = useLingui();
  return (
    <TextField
      label={t`Email`}
      name="email"
      type="email"
      autoComplete="username"
      defaultValue={state.values['email'] ?? initial}
      fault={state.faults['email']}
      required
    />
  );
}

interface NewPasswordFieldProps extends AccountFieldProps {
  readonly name: 'password' | 'newPassword';
  readonly label: string;
}

/** A password that is chosen now, with how to choose it. */
export function NewPasswordField({ state, name, label }: NewPasswordFieldProps) {
  const { t } = useLingui();
  return (
    <TextField
      label={label}
      name={name}
      type="password"
      autoComplete="new-password"
      hint={t`At least 12 characters. A few words in a row are easy to remember and hard to guess.`}
      fault={state.faults[name]}
      required
    />
  );
}

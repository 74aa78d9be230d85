import { useLingui } from '@lingui/react/macro';
import { session } from '../api/session.ts';
import { Button } from '../ui/button.tsx';
import { Form, TextField } from '../ui/field.tsx';
import { EmailField } from './account-fields.tsx';
import { FormFault } from './form-fault.tsx';
import { useForm } from './use-form.ts';

/** Email, password and the button; a wrong pair is said in an alert, and what was typed stays. */
export function SignInForm({
  email = '',
  onDone,
}: {
  readonly email?: string;
  readonly onDone?: () => void;
}) {
  const { t } = useLingui();
  const [state, submit, isSending] = useForm(async ({ email: typed = '', password = '' }) => {
    await session.signIn(typed, password);
    onDone?.();
  });
  return (
    <Form action={submit}>
      <FormFault state={state} />
      <EmailField state={state} initial={email} />
      <TextField
        label={t`Password`}
        name="password"
        type="password"
        autoComplete="current-password"
        fault={state.faults['password']}
        required
      />
      <Button type="submit" look="primary" disabled={isSending}>{t`Sign in`}</Button>
    </Form>
  );
}

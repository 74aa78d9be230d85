import { useLingui } from '@lingui/react/macro';
import { session } from '../api/session.ts';
import { Link } from '../app/navigation.ts';
import { paths } from '../app/paths.ts';
import { Button } from '../ui/button.tsx';
import { Form, TextField } from '../ui/field.tsx';
import { EmailField } from './account-fields.tsx';
import { CampusSignIn } from './campus-sign-in.tsx';
import { FormFault } from '../forms/form-fault.tsx';
import { useForm } from '../forms/use-form.ts';

/** Email, password and the button; a wrong pair is said in an alert, and what was typed stays. */
export function SignInForm({
  email = '',
  returnTo = location.pathname + location.search,
  onDone,
}: {
  readonly email?: string;
  /** Where a sign-in by the campus leads. */
  readonly returnTo?: string;
  readonly onDone?: () => void;
}) {
  const { t } = useLingui();
  const [state, submit, isSending] = useForm(async ({ email: typed = '', password = '' }) => {
    await session.signIn(typed, password);
    onDone?.();
  });
  return (
    <Form action={submit}>
      <CampusSignIn returnTo={returnTo} />
      <FormFault state={state} />
      {state.code === 'email_unconfirmed' && <Link href={paths.confirmEmail}>{t`Send the link again`}</Link>}
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

import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { callApi } from '../api/client.ts';
import { session } from '../api/session.ts';
import { useCampus } from '../app/campus.ts';
import { goTo, Link } from '../app/navigation.ts';
import { paths } from '../app/paths.ts';
import { Screen } from '../app/screen.tsx';
import { useSession } from '../app/session-hooks.ts';
import { Button } from '../ui/button.tsx';
import { Form, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/status.tsx';
import { EmailField, NewPasswordField } from './account-fields.tsx';
import { FormFault } from '../forms/form-fault.tsx';
import { useForm } from '../forms/use-form.ts';

/** `/register-account`: makes an account as a student, and signs in. */
export default function SignUp() {
  const { t } = useLingui();
  const { registration } = useCampus();
  const { status } = useSession();
  useEffect(() => {
    if (status === 'signed-in') goTo(paths.home, { replace: true });
  }, [status]);
  const [state, submit, isSending] = useForm(async ({ name = '', email = '', password = '' }) => {
    const begun = await callApi('POST /api/auth/register', { body: { name, email, password } });
    if (begun !== undefined) await session.signIn(email, password);
  });
  const email = state.values['email'];
  if (state.isDone)
    return (
      <Screen title={t`Create account`}>
        <Notice tone="ok" role="status">
          <Trans>
            Almost done: a mail to {email} is on its way. Open its link to confirm the email. Nothing comes?
            Look among the unwanted mails, or <Link href={paths.confirmEmail}>have it sent again</Link>.
          </Trans>
        </Notice>
      </Screen>
    );
  return (
    <Screen title={t`Create account`}>
      {registration.selfService ? (
        <Form action={submit}>
          <FormFault state={state} />
          <TextField
            label={t`Name`}
            name="name"
            autoComplete="name"
            defaultValue={state.values['name']}
            fault={state.faults['name']}
            required
          />
          <EmailField state={state} />
          <NewPasswordField state={state} name="password" label={t`Password`} />
          <Button type="submit" look="primary" disabled={isSending}>{t`Create account`}</Button>
        </Form>
      ) : (
        <Notice tone="neutral">
          <Trans>Accounts are made by the registrar's office here. Ask there for yours.</Trans>
        </Notice>
      )}
      <p>
        <Trans>
          You have an account? <Link href={paths.signIn}>Sign in</Link>
        </Trans>
      </p>
    </Screen>
  );
}

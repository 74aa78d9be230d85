import { Trans, useLingui } from '@lingui/react/macro';
import { callApi } from '../api/client.ts';
import { paths } from '../app/paths.ts';
import { Screen } from '../app/screen.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Form } from '../ui/field.tsx';
import { Notice } from '../ui/status.tsx';
import { EmailField } from './account-fields.tsx';
import { FormFault } from '../forms/form-fault.tsx';
import { useMailedToken } from './mailed-token.ts';
import { useForm } from '../forms/use-form.ts';

/** `/confirm-email`: confirms the email of a new account by the link's token; without one, sends the link again. */
export default function ConfirmEmail() {
  const { t } = useLingui();
  const { token } = useMailedToken();
  return (
    <Screen title={t`Confirm your email`}>{token === null ? <AskAgain /> : <Confirm token={token} />}</Screen>
  );
}

/** By a button, as programs that look through mails open links too. */
function Confirm({ token }: { readonly token: string }) {
  const { t } = useLingui();
  const [state, submit, isSending] = useForm(async () => {
    await callApi('POST /api/auth/email-confirmation', { body: { token } });
  });
  if (state.isDone)
    return (
      <Notice tone="ok" role="status" actions={<ButtonLink href={paths.signIn}>{t`Sign in`}</ButtonLink>}>
        <Trans>Your email is confirmed, and your account is ready. Sign in now.</Trans>
      </Notice>
    );
  return (
    <>
      <Form action={submit}>
        <FormFault state={state} />
        <Button type="submit" look="primary" disabled={isSending}>{t`Confirm email`}</Button>
      </Form>
      {state.fault !== undefined && <AskAgain />}
    </>
  );
}

function AskAgain() {
  const { t } = useLingui();
  const [state, submit, isSending] = useForm(async ({ email = '' }) => {
    await callApi('POST /api/auth/email-confirmation/resend', { body: { email } });
  });
  const email = state.values['email'];
  if (state.isDone)
    return (
      <Notice tone="ok" role="status">
        <Trans>
          If an account waits for {email}, a mail with a new link is on its way. Nothing comes? Look among the
          unwanted mails.
        </Trans>
      </Notice>
    );
  return (
    <Form action={submit}>
      <p>
        <Trans>We send the link again to the email that you signed up with.</Trans>
      </p>
      <FormFault state={state} />
      <EmailField state={state} />
      <Button type="submit" disabled={isSending}>{t`Send the link again`}</Button>
    </Form>
  );
}

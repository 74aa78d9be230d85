import { Trans, useLingui } from '@lingui/react/macro';
import { callApi } from '../api/client.ts';
import { paths } from '../app/paths.ts';
import { Screen } from '../app/screen.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Form } from '../ui/field.tsx';
import { Notice } from '../ui/status.tsx';
import { EmailField, NewPasswordField } from './account-fields.tsx';
import { FormFault } from '../forms/form-fault.tsx';
import { useMailedToken } from './mailed-token.ts';
import { useForm } from '../forms/use-form.ts';

/** `/reset-password`: asks for a link by mail; with the link's `?token=`, sets the new password. */
export default function ResetPassword() {
  const { t } = useLingui();
  const { token, forget } = useMailedToken();
  return (
    <Screen title={t`Set a new password`}>
      {token === null ? <AskForLink /> : <SetPassword token={token} onAnother={forget} />}
    </Screen>
  );
}

function AskForLink() {
  const { t } = useLingui();
  const [state, submit, isSending] = useForm(async ({ email = '' }) => {
    await callApi('POST /api/auth/password-reset', { body: { email } });
  });
  const email = state.values['email'];
  if (state.isDone)
    return (
      <Notice tone="ok" role="status">
        <Trans>
          If {email} has an account, a mail with a link is on its way. The link works for 30 minutes. Nothing
          comes? Look among the unwanted mails.
        </Trans>
      </Notice>
    );
  return (
    <Form action={submit}>
      <p>
        <Trans>We send a link to your email. With it you choose a new password.</Trans>
      </p>
      <FormFault state={state} />
      <EmailField state={state} />
      <Button type="submit" look="primary" disabled={isSending}>{t`Send the link`}</Button>
    </Form>
  );
}

function SetPassword({ token, onAnother }: { readonly token: string; readonly onAnother: () => void }) {
  const { t } = useLingui();
  const [state, submit, isSending] = useForm(async ({ newPassword = '' }) => {
    await callApi('POST /api/auth/password-reset/confirm', { body: { token, newPassword } });
  });
  if (state.isDone)
    return (
      <Notice tone="ok" role="status" actions={<ButtonLink href={paths.signIn}>{t`Sign in`}</ButtonLink>}>
        <Trans>Your new password is set. All sessions have ended: sign in again.</Trans>
      </Notice>
    );
  return (
    <Form action={submit}>
      <FormFault state={state} />
      <NewPasswordField state={state} name="newPassword" label={t`New password`} />
      <Button type="submit" look="primary" disabled={isSending}>{t`Set password`}</Button>
      <Button look="plain" onClick={onAnother}>{t`Send me another link`}</Button>
    </Form>
  );
}

import { Trans, useLingui } from '@lingui/react/macro';
import { callApi } from '../api/client.ts';
import { Button } from '../ui/button.tsx';
import { Form, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/status.tsx';
import styles from './account.module.css';
import { NewPasswordField } from './account-fields.tsx';
import { FormFault } from '../forms/form-fault.tsx';
import { useForm } from '../forms/use-form.ts';

/** A new password; every other session ends. */
export function ChangePassword() {
  const { t } = useLingui();
  const [state, submit, isSending] = useForm(async ({ currentPassword = '', newPassword = '' }) => {
    await callApi('POST /api/auth/password', { body: { currentPassword, newPassword } });
  });
  return (
    <section className={styles['section']} aria-labelledby="change-password">
      <h2 id="change-password">{t`Password`}</h2>
      <Form action={submit}>
        <FormFault state={state} />
        <TextField
          label={t`Current password`}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          fault={state.faults['currentPassword']}
          required
        />
        <NewPasswordField state={state} name="newPassword" label={t`New password`} />
        <Button type="submit" disabled={isSending}>{t`Change password`}</Button>
        <div role="status">
          {state.isDone && (
            <Notice tone="ok">
              <Trans>Your password is changed. Your other sessions have ended.</Trans>
            </Notice>
          )}
        </div>
      </Form>
    </section>
  );
}

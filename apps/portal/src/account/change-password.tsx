import { Trans, useLingui } from '@lingui/react/macro';
import { callApi } from '../api/client.ts';
import { Button } from '../ui/button.tsx';
import { Form, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/status.tsx';
import styles from './account.module.css';
import { FormFault } from './form-fault.tsx';
import { useForm } from './use-form.ts';

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
        <TextField
          label={t`New password`}
          name="newPassword"
          type="password"
          autoComplete="new-password"
          hint={t`At least 12 characters. A few words in a row are easy to remember and hard to guess.`}
          fault={state.faults['newPassword']}
          required
        />
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

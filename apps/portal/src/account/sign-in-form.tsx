import { t as translate } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useActionState } from 'react';
import { ApiProblem, Unreachable } from '../api/problems.ts';
import { session } from '../api/session.ts';
import { Button } from '../ui/button.tsx';
import { Form, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/status.tsx';

/** Email, password and the button; a wrong pair is said in an alert, and what was typed stays. */
export function SignInForm({ email, onDone }: { readonly email?: string; readonly onDone?: () => void }) {
  const { t } = useLingui();
  const [state, submit, isPending] = useActionState(
    async (before: { fault?: string; email: string }, form: FormData) => {
      const typed = String(form.get('email') ?? '');
      try {
        await session.signIn(typed, String(form.get('password') ?? ''));
        onDone?.();
        return { email: typed };
      } catch (error) {
        return { email: typed || before.email, fault: wordsFor(error) };
      }
    },
    { email: email ?? '' },
  );
  return (
    <Form action={submit}>
      {state.fault && (
        <Notice tone="bad" role="alert">
          {state.fault}
        </Notice>
      )}
      <TextField
        label={t`Email`}
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={state.email}
        key={state.email}
        required
      />
      <TextField
        label={t`Password`}
        name="password"
        type="password"
        autoComplete="current-password"
        required
      />
      <Button type="submit" look="primary" disabled={isPending}>{t`Sign in`}</Button>
    </Form>
  );
}

function wordsFor(error: unknown): string {
  if (error instanceof Unreachable)
    return translate`The server cannot be reached. Check your connection and try again.`;
  if (!(error instanceof ApiProblem)) return translate`Something in this page failed. Load it again.`;
  const seconds = Math.ceil((error.retryAfterMs ?? 0) / 1_000);
  const minutes = Math.ceil(seconds / 60);
  switch (error.body.code) {
    case 'invalid_credentials':
      return translate`This email and password do not fit together. Check both, or set a new password.`;
    case 'validation_failed':
      return translate`Enter your email and your password.`;
    case 'too_many_attempts':
      return translate`Too many failed attempts from here. Try again in ${minutes} min, or set a new password.`;
    default:
      return error.isBusy
        ? translate`The server is busy right now. Try again in ${seconds || 5} s.`
        : translate`The server could not answer. Try again.`;
  }
}

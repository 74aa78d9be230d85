import { t } from '@lingui/core/macro';

/** Why a sign-in by the campus came back without a session: in the reader's language, with what to do. */
export function wordsForCampusSignIn(code: string): string {
  switch (code) {
    case 'sign_in_expired':
      return t`That sign-in took too long, or was used already. Begin again.`;
    case 'provider_unavailable':
      return t`The sign-in of the campus does not answer. Try again in a minute.`;
    case 'account_link_required':
      return t`Your email has an account with a password already. Sign in with the password, then link the campus in your account.`;
    case 'account_suspended':
      return t`This account is suspended. Ask the registrar's office.`;
    case 'no_account':
      return t`The campus knows you, but you have no account here yet. Ask the registrar's office.`;
    default:
      return t`The campus did not sign you in. Try again; if it stays, ask the help desk.`;
  }
}

/** Why a sign-in by the campus came to nothing, as the sign-in page is told. */
export type SignInError =
  | 'sign_in_expired'
  | 'provider_refused'
  | 'provider_unavailable'
  | 'account_link_required'
  | 'account_suspended'
  | 'no_account';

/** A sign-in by the campus came to nothing. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';

  /** @param detail for the log: never a token, a mail or a name */
  constructor(
    readonly code: SignInError,
    readonly detail?: string,
  ) {
    super(detail === undefined ? code : `${code}: ${detail}`);
  }
}

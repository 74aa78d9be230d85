import { UsageFault } from '../faults.ts';

/** How the command shows who it acts for: by a token, or by signing in. */
export type Credentials = { token: string } | { email: string; password: string };

/**
 * Takes a token, or mail and password, from the environment; secrets never come by arguments, which other users of
 * the machine can see.
 *
 * @throws UsageFault where neither is there
 */
export function credentialsFrom(
  email: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Credentials {
  const token = environment['REGISTRAR_TOKEN'];
  if (token) return { token };
  const password = environment['REGISTRAR_PASSWORD'];
  if (email && password) return { email, password };
  const missing = email
    ? 'set REGISTRAR_PASSWORD'
    : 'give --email before the command and set REGISTRAR_PASSWORD';
  throw new UsageFault(`Nobody is signed in: ${missing}, or set REGISTRAR_TOKEN to an access token.`);
}

import { decoded } from './form.rules.ts';
import type { Form } from './form.rules.ts';
import { invalidClient, invalidRequest } from './oauth-problems.ts';

/** How a client says who it is. */
export interface Credentials {
  clientId: string;
  secret: string;
}

const basic = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;

/**
 * The credentials of a request for a token: by HTTP Basic, where id and secret are encoded as in a form before they
 * are put together (RFC 6749, 2.3.1), or in the form.
 *
 * @throws Problem 400 `invalid_request` for both at once, 401 `invalid_client` for none and for what cannot be read
 */
export function credentialsOf(authorization: string | undefined, form: Form): Credentials {
  const clientId = form.get('client_id');
  const secret = form.get('client_secret');
  if (authorization === undefined) {
    if (clientId === undefined || secret === undefined) throw invalidClient();
    return { clientId, secret };
  }
  if (secret !== undefined)
    throw invalidRequest('Send the secret by HTTP Basic or in the form, not by both.');
  const credentials = fromBasic(authorization);
  if (clientId !== undefined && clientId !== credentials.clientId)
    throw invalidRequest('The form names another client than HTTP Basic.');
  return credentials;
}

function fromBasic(authorization: string): Credentials {
  const encoded = basic.exec(authorization)?.[1] ?? '';
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 1) throw invalidClient();
  try {
    return { clientId: decoded(pair.slice(0, colon)), secret: decoded(pair.slice(colon + 1)) };
  } catch {
    throw invalidClient();
  }
}

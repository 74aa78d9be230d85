import { invalidRequest } from './oauth-problems.ts';

/** Most bytes of a form: id, secret and every scope fit many times. */
const maxFormBytes = 16_384;

/** The fields of a form by name; those without a value are left out, as RFC 6749 (3.2) has it. */
export type Form = ReadonlyMap<string, string>;

/**
 * Reads an `application/x-www-form-urlencoded` body, strictly: `URLSearchParams` would drop a leading `?`, repair
 * broken escapes and take a field twice.
 *
 * @throws Problem 400 `invalid_request` for a field that is there twice, what is no UTF-8, and a body that is too long
 */
export function formOf(body: Uint8Array): Form {
  if (body.length > maxFormBytes) throw invalidRequest('The form is too long.');
  const fields = new Map<string, string>();
  for (const pair of utf8(body).split('&')) {
    if (pair === '') continue;
    const end = pair.indexOf('=');
    const name = decoded(end < 0 ? pair : pair.slice(0, end));
    if (fields.has(name)) throw invalidRequest('A parameter is there twice.');
    fields.set(name, end < 0 ? '' : decoded(pair.slice(end + 1)));
  }
  return new Map([...fields].filter(([, value]) => value !== ''));
}

/** A text as forms encode it, decoded. @throws Problem 400 `invalid_request` for broken escapes */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalidRequest('A percent escape is broken.');
  }
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalidRequest('The form is not UTF-8.');
  }
}

import { Problem } from '@registrar/service';

/** 400 `invalid_request`: the form, or how the client names itself, cannot be read. */
export function invalidRequest(detail: string): Problem {
  return new Problem(400, 'invalid_request', detail);
}

/** 401 for credentials that are missing, wrong, or sent in a way that is not taken; which, is not said. */
export function invalidClient(): Problem {
  return new Problem(401, 'invalid_client', 'The client id or its secret is not right.', {
    headers: { 'www-authenticate': 'Basic realm="Registrar API", charset="UTF-8"' },
  });
}

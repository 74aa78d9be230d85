/** One thing that a service asks of the gateway, and the answer that it needs. */
export interface GatewayInteraction {
  readonly asks: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly status: number;
  /** An answer as the asker understands it: the gateway's has at least these members, of the same types. */
  readonly answer: Readonly<Record<string, unknown>>;
}

/** The user, the reset and the unconfirmed account that the gateway has when it is called. */
export const pactState = {
  userId: 'usr_pactpactpactpactpact',
  email: 'pact@registrar.example',
  externalId: 'pact-0042/7',
  resetId: 'rst_pactpactpactpactpact',
  confirmationId: 'cnf_pactpactpactpactpact',
  unconfirmedEmail: 'unconfirmed@registrar.example',
} as const;

const at = '2026-01-01T00:00:00.000Z';
const { userId, email, externalId, resetId, confirmationId, unconfirmedEmail } = pactState;
const name = 'Test Student';
const person = { id: userId, email, name, roles: ['student'], createdAt: at, version: 2, externalId };
const nobody = { code: 'user_not_found' };

const byId = {
  asks: 'knows a person by id',
  method: 'GET',
  path: `/internal/users/${userId}`,
  status: 200,
  answer: person,
} as const satisfies GatewayInteraction;
const unknownId = {
  asks: 'says that nobody has an id',
  method: 'GET',
  path: '/internal/users/usr_unknownunknownunkno',
  status: 404,
  answer: nobody,
} as const satisfies GatewayInteraction;

/**
 * What the enrollments service asks of the gateway. The specs of both sides use it: the asker's client meets a stub
 * that answers so, and the gateway is asked so.
 */
export const enrollmentsPact = {
  byId,
  unknownId,
  byEmail: {
    asks: 'knows a person by mail address',
    method: 'GET',
    path: `/internal/users?email=${encodeURIComponent(email)}`,
    status: 200,
    answer: person,
  },
  unknownEmail: {
    asks: 'says that nobody has a mail address',
    method: 'GET',
    path: `/internal/users?email=${encodeURIComponent('nobody@registrar.example')}`,
    status: 404,
    answer: nobody,
  },
  byExternalId: {
    asks: 'knows a person by external id',
    method: 'GET',
    path: `/internal/users?externalId=${encodeURIComponent(externalId)}`,
    status: 200,
    answer: person,
  },
  unknownExternalId: {
    asks: 'says that nobody has an external id',
    method: 'GET',
    path: '/internal/users?externalId=unknown',
    status: 404,
    answer: nobody,
  },
} as const satisfies Record<string, GatewayInteraction>;

/** What the notifications service asks of the gateway; used as `enrollmentsPact` is. */
export const notificationsPact = {
  byId,
  unknownId,
  link: {
    asks: 'makes the link of a reset',
    method: 'POST',
    path: `/internal/password-resets/${resetId}/link`,
    status: 200,
    answer: { link: 'https://registrar.example/reset-password#?token=pact', email, name, expiresAt: at },
  },
  unknownReset: {
    asks: 'says that there is no such reset',
    method: 'POST',
    path: '/internal/password-resets/rst_unknownunknownunkno/link',
    status: 404,
    answer: { code: 'reset_not_found' },
  },
  confirmationMail: {
    asks: 'says how an email is confirmed',
    method: 'POST',
    path: `/internal/account-mails/${confirmationId}/content`,
    status: 200,
    answer: {
      kind: 'confirm_email',
      email: unconfirmedEmail,
      name: '',
      link: 'https://registrar.example/confirm-email#?token=pact',
      expiresAt: at,
    },
  },
  unknownMail: {
    asks: 'says that there is no such mail',
    method: 'POST',
    path: '/internal/account-mails/cnf_unknownunknownunkno/content',
    status: 404,
    answer: { code: 'mail_not_found' },
  },
} as const satisfies Record<string, GatewayInteraction>;

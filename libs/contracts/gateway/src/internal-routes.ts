import { defineRoutes } from '@registrar/contracts-http';
import { accountMail, internalUser, internalUserQuery, resetLink } from './internal.ts';
import { bootstrapLink, bootstrapRequest } from './users.ts';

const users = {
  tag: 'Internal',
  method: 'GET',
  caller: { services: ['enrollments', 'notifications'] },
  answers: { 200: { description: 'The user.', schema: internalUser } },
  problems: { 404: ['user_not_found'] },
  timeLimitMs: 2_000,
} as const;

/** What other services ask of the gateway. */
export const internalGatewayRoutes = defineRoutes('gateway', {
  findInternalUser: {
    ...users,
    path: '/internal/users',
    summary: 'The user of a mail address, in any case of letters, or of an external id',
    query: internalUserQuery,
  },
  getInternalUser: {
    ...users,
    caller: { services: ['courses', 'enrollments', 'notifications'] },
    path: '/internal/users/:id',
    summary: 'One user',
  },
  makeResetLink: {
    tag: 'Internal',
    method: 'POST',
    path: '/internal/password-resets/:id/link',
    summary: 'The one link of a reset, made when its mail is sent; the same one while it is good',
    caller: { services: ['notifications'] },
    timeLimitMs: 2_000,
    answers: { 200: { description: 'The link, and whom it is for.', schema: resetLink } },
    problems: { 404: ['reset_not_found'] },
  },
  bootstrapAdmin: {
    tag: 'Internal',
    method: 'POST',
    path: '/internal/admin-bootstrap',
    summary: 'A one-time link by which somebody becomes the first admin',
    caller: { services: ['registrar-cli'] },
    body: bootstrapRequest,
    answers: { 200: { description: 'The link, good for half an hour.', schema: bootstrapLink } },
    problems: { 409: ['admin_exists', 'account_suspended'] },
  },
  makeAccountMail: {
    tag: 'Internal',
    method: 'POST',
    path: '/internal/account-mails/:id/content',
    summary: 'What a mail about an account says, and to whom; decided when it is sent',
    caller: { services: ['notifications'] },
    timeLimitMs: 2_000,
    answers: { 200: { description: 'The mail.', schema: accountMail } },
    problems: { 404: ['mail_not_found'] },
  },
  reportErased: {
    tag: 'Internal',
    method: 'POST',
    path: '/internal/erasures/:id/services/:name',
    summary: 'A service has erased the person of an erasure',
    description: 'Repeated, or for an erasure that is not kept any more, it changes nothing.',
    caller: { services: ['courses', 'enrollments', 'notifications'] },
    timeLimitMs: 2_000,
    answers: { 204: { description: 'It is noted.' } },
    problems: { 404: ['service_not_found'] },
  },
});

import { defineRoutes } from '@registrar/contracts-http';
import { changePasswordRequest, resetConfirmation, resetRequest } from './http.ts';

const accounts = { tag: 'Accounts' } as const;
const withPassword = { caller: 'anonymous', limit: 'sign-in' } as const;

/** Routes by which a password changes. */
export const passwordRoutes = defineRoutes('gateway', {
  changePassword: {
    ...accounts,
    method: 'POST',
    path: '/api/auth/password',
    summary: 'Change the own password; every other session ends',
    caller: 'signed-in',
    body: changePasswordRequest,
    answers: { 204: { description: 'It is changed.' } },
    problems: { 401: ['invalid_credentials'] },
    examples: {
      body: { currentPassword: 'registrar-demo-2026', newPassword: 'another horse battery' },
    },
  },
  requestPasswordReset: {
    ...accounts,
    ...withPassword,
    method: 'POST',
    path: '/api/auth/password-reset',
    summary: 'Have a mail sent with a link to set a new password',
    description:
      'The answer is the same whether or not there is an account. The link is good for half an hour.',
    body: resetRequest,
    answers: { 202: { description: 'If there is an account, a mail goes out.' } },
    examples: { body: { email: 'student@registrar.example' } },
  },
  confirmPasswordReset: {
    ...accounts,
    ...withPassword,
    method: 'POST',
    path: '/api/auth/password-reset/confirm',
    summary: 'Set a new password by the token of a mail, once; all sessions end',
    body: resetConfirmation,
    answers: { 204: { description: 'It is set.' } },
    problems: { 400: ['invalid_reset_token'] },
    examples: {
      body: { token: `rst_${'a'.repeat(20)}.${'b'.repeat(43)}`, newPassword: 'another horse battery' },
    },
  },
});

import { defineRoutes } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { confirmationRequest, emailConfirmation, sessionList } from './sessions.ts';

const accounts = { tag: 'Accounts' } as const;
const sessionId = 'ses_ixnwe5md5ibxebc7g33w';

/** Routes of a user's sessions. */
export const sessionRoutes = defineRoutes('gateway', {
  listSessions: {
    ...accounts,
    method: 'GET',
    path: '/api/auth/sessions',
    summary: 'The own sessions',
    caller: 'signed-in',
    answers: {
      200: {
        description: 'Those that can be used, newest first.',
        schema: sessionList,
        example: {
          items: [
            {
              id: sessionId,
              current: true,
              createdAt: '2026-11-02T08:00:00.000Z',
              lastUsedAt: '2026-11-02T09:12:00.000Z',
              expiresAt: '2026-12-02T09:12:00.000Z',
              client: 'web',
              userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
              address: '203.0.113.7',
            },
          ],
        },
      },
    },
  },
  endSession: {
    ...accounts,
    method: 'DELETE',
    path: '/api/auth/sessions/:id',
    summary: 'End one of the own sessions, everywhere within a second',
    caller: 'signed-in',
    answers: { 204: { description: 'It is over.' } },
    problems: { 404: ['session_not_found'] },
    examples: { params: { id: sessionId } },
  },
  endUserSessions: {
    ...accounts,
    method: 'DELETE',
    path: '/api/users/:id/sessions',
    summary: 'End all sessions of a user, everywhere within a second',
    caller: 'admin',
    answers: { 204: { description: 'They are over.' } },
    problems: { 404: ['user_not_found'] },
    examples: { params: { id: examples.user.id } },
  },
});

/** Routes of the confirmation of an email. */
export const confirmationRoutes = defineRoutes('gateway', {
  confirmEmail: {
    ...accounts,
    method: 'POST',
    path: '/api/auth/email-confirmation',
    summary: 'Confirm an email by the token of a mail, once',
    caller: 'anonymous',
    limit: 'sign-in',
    body: emailConfirmation,
    answers: { 204: { description: 'It is confirmed; sign in now.' } },
    problems: { 400: ['invalid_confirmation_token'] },
    examples: { body: { token: `cnf_${'a'.repeat(20)}.${'b'.repeat(43)}` } },
  },
  resendConfirmation: {
    ...accounts,
    method: 'POST',
    path: '/api/auth/email-confirmation/resend',
    summary: 'Have the mail with the link sent again',
    description: 'The answer is the same whether or not an account waits for it.',
    caller: 'anonymous',
    limit: 'sign-in',
    body: confirmationRequest,
    answers: { 202: { description: 'If an account waits for it, a mail goes out.' } },
    examples: { body: { email: 'new.student@registrar.example' } },
  },
});

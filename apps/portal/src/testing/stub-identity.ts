import { Refusal } from './stub-campus.ts';
import { student } from './stub-data.ts';
import type { Routes } from './stub-routes.ts';

/** What the stub answers about accounts, sessions and the sign-in by the campus. */
export const identityRoutes: Routes = {
  'GET /api/auth/sessions': (_, api) => ({ items: api.sessions.sessions }),
  'DELETE /api/auth/sessions/:id': ({ params }, api) => {
    api.sessions.sessions = api.sessions.sessions.filter(({ id }) => id !== params['id']);
  },
  'GET /api/auth/identities': (_, api) => ({ items: api.sessions.identities }),
  'POST /api/auth/identities/:id': ({ params }) => ({ url: `/courses?linked=${params['id']}` }),
  'DELETE /api/auth/identities/:id': ({ params }, api) => {
    api.sessions.identities = api.sessions.identities.filter(({ id }) => id !== params['id']);
  },
  'POST /api/auth/email-confirmation': ({ body }) => {
    const { token } = body as unknown as { token: string };
    if (token !== 'good')
      throw new Refusal(400, 'invalid_confirmation_token', 'The link is used or too old.');
  },
  'POST /api/auth/email-confirmation/resend': () => undefined,
  'POST /api/users/me/export': () => ({ id: `exp_${student.id}` }),
  'GET /api/users/me/exports/:id': () => undefined,
};

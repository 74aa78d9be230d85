import { defineRoutes, formType } from '@registrar/contracts-http';
import { identityList, linkAnswer, signInCallbackQuery, signInStartQuery } from './identities.ts';

const campus = { tag: 'Sign-in by the campus' } as const;
const provider = { params: { provider: 'campus' } } as const;

/** Routes of sign-in by the campus. */
export const identityRoutes = defineRoutes('gateway', {
  startCampusSignIn: {
    ...campus,
    method: 'GET',
    path: '/api/auth/oidc/:provider/start',
    summary: 'Go to the campus to sign in',
    caller: 'anonymous',
    limit: 'sign-in',
    conditional: 'none',
    cache: { control: 'no-store' },
    timeLimitMs: 10_000,
    query: signInStartQuery,
    answers: { 302: { description: 'To the provider; or to the sign-in page, which says why not.' } },
    problems: { 404: ['provider_not_found'] },
    examples: { ...provider, query: { returnTo: '/courses' } },
  },
  endCampusSignIn: {
    ...campus,
    method: 'GET',
    path: '/api/auth/oidc/:provider/callback',
    summary: 'Come back from the campus',
    description:
      'For the provider alone. To `returnTo` with the cookie of a web session, or to `/sign-in?error=` with one of `sign_in_expired`, `provider_refused`, `provider_unavailable`, `account_link_required`, `account_suspended`, `no_account`.',
    caller: 'anonymous',
    limit: 'sign-in',
    conditional: 'none',
    cache: { control: 'no-store' },
    timeLimitMs: 20_000,
    query: signInCallbackQuery,
    answers: {
      303: { description: 'To the page that was asked for; or to the sign-in page, which says why not.' },
    },
    problems: { 404: ['provider_not_found'] },
    examples: { ...provider, query: { code: 'SplxlOBeZQQYbYS6WxSbIA', state: 'af0ifjsldkj' } },
  },
  endCampusSessions: {
    ...campus,
    method: 'POST',
    path: '/api/auth/oidc/:provider/backchannel-logout',
    summary: 'End the sessions of a subject, or of a session at the provider',
    description:
      'For the provider alone (OpenID Connect Back-Channel Logout 1.0): a form with `logout_token`. A bad token is 400 with `{"error": "invalid_request"}`.',
    caller: 'anonymous',
    body: formType,
    answers: { 200: { description: 'They are over, everywhere within a second.' } },
    problems: { 404: ['provider_not_found'] },
    examples: { ...provider, body: { logout_token: 'eyJ0eXAiOiJsb2dvdXQrand0In0.e30.c2ln' } },
  },
  listIdentities: {
    ...campus,
    method: 'GET',
    path: '/api/auth/identities',
    summary: 'The providers of the campus that the caller can sign in by',
    caller: 'signed-in',
    answers: {
      200: {
        description: 'Those that are linked.',
        schema: identityList,
        example: {
          items: [
            { id: 'idn_fjqhaiowmpe2jfz56jbl', provider: 'campus', linkedAt: '2026-11-02T08:00:00.000Z' },
          ],
        },
      },
    },
  },
  linkIdentity: {
    ...campus,
    method: 'POST',
    path: '/api/auth/identities/:id',
    summary: 'Begin to link a provider of the campus, by its id, to the own account',
    description: 'Needs a session that began by password within the last five minutes.',
    caller: 'signed-in',
    answers: {
      200: {
        description: 'Where to go.',
        schema: linkAnswer,
        example: { url: 'https://login.campus.example/authorize?client_id=registrar' },
      },
    },
    problems: {
      403: ['recent_sign_in_required'],
      404: ['provider_not_found'],
      503: ['provider_unavailable'],
    },
    examples: { params: { id: 'campus' } },
  },
  unlinkIdentity: {
    ...campus,
    method: 'DELETE',
    path: '/api/auth/identities/:id',
    summary: 'Remove a provider of the campus from the own account',
    caller: 'signed-in',
    answers: { 204: { description: 'It is removed.' } },
    problems: { 404: ['identity_not_found'], 409: ['last_identity'] },
    examples: { params: { id: 'idn_fjqhaiowmpe2jfz56jbl' } },
  },
});

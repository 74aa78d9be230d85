import { defineRoutes } from '@registrar/contracts-http';
import { auditRoutes } from './audit-routes.ts';
import { clientRoutes } from './client-routes.ts';
import * as examples from './examples.ts';
import {
  loginRequest,
  refreshRequest,
  registerRequest,
  session,
  signedInUser,
  webLogoutAnswer,
  webSession,
} from './http.ts';
import { identityRoutes } from './identity-routes.ts';
import { passwordRoutes } from './password-routes.ts';
import { publicRoutes } from './public-routes.ts';
import { userRoutes } from './user-routes.ts';
import { confirmationRoutes, sessionRoutes } from './session-routes.ts';
import { privacyRoutes } from './privacy-routes.ts';

const accounts = { tag: 'Accounts' } as const;
const withPassword = { caller: 'anonymous', limit: 'sign-in' } as const;

/** Sessions of pages of our own origin; others are refused. */
const web = {
  ...accounts,
  method: 'POST',
  caller: 'anonymous',
  headers: {
    'X-Registrar-Web': { description: 'Says that a page of this origin asks.', example: '1' },
    'Sec-Fetch-Site': {
      description: 'Sent by browsers; without it, `Origin` counts.',
      example: 'same-origin',
    },
  },
  description:
    'For pages of this origin: needs `X-Registrar-Web: 1`, and `Sec-Fetch-Site: same-origin` or, from a browser that does not send it, our `Origin`. The refresh token is only in the cookie `__Host-registrar` (`registrar` over plain http on loopback).',
} as const;
const crossSite = { 403: ['cross_site_request'] } as const;
const refusedSignIns = {
  401: ['invalid_credentials'],
  403: ['account_suspended', 'email_unconfirmed', 'sign_in_link_required'],
  429: ['too_many_attempts'],
} as const;
const { refreshToken: _, tokenType: __, ...webExample } = examples.session;

const ownRoutes = defineRoutes('gateway', {
  ...auditRoutes,
  ...clientRoutes,
  register: {
    ...accounts,
    ...withPassword,
    method: 'POST',
    path: '/api/auth/register',
    summary: 'Make an account as a student, and sign in',
    description:
      'Where emails are confirmed first (`GET /api/campus` says so), 202 in every case: the mail says what to do next.',
    body: registerRequest,
    answers: {
      201: {
        description: 'The account and its first session.',
        schema: session,
        example: examples.session,
      },
      202: { description: 'A mail goes out, with a link that makes the account.' },
    },
    problems: { 403: ['registration_closed'], 409: ['email_taken'] },
    examples: {
      body: { email: 'new.student@registrar.example', password: examples.password, name: 'New Student' },
    },
  },
  login: {
    ...accounts,
    ...withPassword,
    method: 'POST',
    path: '/api/auth/login',
    summary: 'Sign in',
    description:
      'Ten failures within 15 minutes close an account for the address that they came from, and for no other. After 100 in a row, wherever they came from, the right password is answered by a mail with a link to set a new one.',
    body: loginRequest,
    answers: { 200: { description: 'A session.', schema: session, example: examples.session } },
    problems: { ...refusedSignIns },
    examples: { body: { email: 'student@registrar.example', password: 'registrar-demo-2026' } },
  },
  refresh: {
    ...accounts,
    method: 'POST',
    path: '/api/auth/refresh',
    summary: 'Get a new pair of tokens',
    description:
      'The old refresh token is dead then. Sent again within 10 seconds it gets the same new pair; later, its whole session ends.',
    caller: 'anonymous',
    body: refreshRequest,
    answers: { 200: { description: 'The next pair.', schema: session, example: examples.session } },
    problems: { 401: ['invalid_refresh_token', 'refresh_token_reused'] },
    examples: { body: { refreshToken: examples.session.refreshToken } },
  },
  logout: {
    ...accounts,
    method: 'POST',
    path: '/api/auth/logout',
    summary: 'End the session, everywhere within a second',
    caller: 'signed-in',
    answers: { 204: { description: 'It is over.' } },
  },
  webLogin: {
    ...web,
    limit: 'sign-in',
    path: '/api/auth/web/login',
    summary: 'Sign in, with the refresh token in a cookie',
    body: loginRequest,
    answers: { 200: { description: 'A session.', schema: webSession, example: webExample } },
    problems: { ...refusedSignIns, 403: [...refusedSignIns[403], ...crossSite[403]] },
    examples: { body: { email: 'student@registrar.example', password: 'registrar-demo-2026' } },
  },
  webRefresh: {
    ...web,
    path: '/api/auth/web/refresh',
    summary: 'Get a new pair of tokens by the cookie',
    answers: { 200: { description: 'The next pair.', schema: webSession, example: webExample } },
    problems: { 401: ['invalid_refresh_token', 'refresh_token_reused'], ...crossSite },
  },
  webLogout: {
    ...web,
    path: '/api/auth/web/logout',
    summary: 'End the session of the cookie, everywhere within a second, and remove the cookie',
    answers: {
      200: {
        description: 'It is over, if there was one. Go to `logoutUrl` where there is one.',
        schema: webLogoutAnswer,
        example: { logoutUrl: null },
        headers: { 'Clear-Site-Data': '`"cache"`: nothing of the session stays in the browser.' },
      },
    },
    problems: crossSite,
  },
  me: {
    ...accounts,
    method: 'GET',
    path: '/api/auth/me',
    summary: 'Who am I',
    caller: 'signed-in',
    answers: { 200: { description: 'The caller.', schema: signedInUser, example: examples.user } },
  },
});

/** Every route that the gateway answers itself, but its health. */
export const gatewayRoutes = {
  ...ownRoutes,
  ...confirmationRoutes,
  ...identityRoutes,
  ...passwordRoutes,
  ...privacyRoutes,
  ...publicRoutes,
  ...sessionRoutes,
  ...userRoutes,
};

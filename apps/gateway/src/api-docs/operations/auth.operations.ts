import {
  changePasswordRequest,
  loginRequest,
  refreshRequest,
  registerRequest,
  resetConfirmation,
  resetRequest,
  rolesRequest,
  session,
  user,
  userPage,
  usersQuery,
} from '@registrar/contracts-gateway';
import type { Operation } from '../operation.ts';

const password = 'correct horse battery';
const exampleUser = {
  id: 'usr_fjqhaiowmpe2jfz56jbl',
  email: 'student@registrar.example',
  name: 'Sam Student',
  roles: ['student'],
  createdAt: '2026-01-12T08:30:00.000Z',
};
const exampleSession = {
  user: exampleUser,
  accessToken: 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln',
  refreshToken: 'ses_ixnwe5md5ibxebc7g33w.1.a02oIg5U8ZDf1YKoPULgYexy6qVGw0la.iPiMm05gt_jTzRnaKy25Rg',
  tokenType: 'Bearer',
  expiresIn: 900,
};
const tag = 'Accounts';
const auth = { tag, own: true } as const;

/** Accounts, sessions and roles: what the gateway answers itself. */
export const authOperations: Operation[] = [
  {
    ...auth,
    id: 'register',
    method: 'post',
    path: '/api/auth/register',
    summary: 'Make an account as a student, and sign in',
    caller: 'public',
    body: {
      schema: registerRequest,
      example: { email: 'new.student@registrar.example', password, name: 'New Student' },
    },
    answers: [
      {
        status: 201,
        description: 'The account and its first session.',
        schema: session,
        example: exampleSession,
      },
    ],
    codes: { 403: ['registration_closed'], 409: ['email_taken'] },
  },
  {
    ...auth,
    id: 'login',
    method: 'post',
    path: '/api/auth/login',
    summary: 'Sign in',
    description:
      'Ten failures within 15 minutes close an account for the address that they came from, and for no other.',
    caller: 'public',
    body: {
      schema: loginRequest,
      example: { email: 'student@registrar.example', password: 'registrar-demo-2026' },
    },
    answers: [{ status: 200, description: 'A session.', schema: session, example: exampleSession }],
    codes: { 401: ['invalid_credentials'], 429: ['too_many_attempts'] },
  },
  {
    ...auth,
    id: 'refresh',
    method: 'post',
    path: '/api/auth/refresh',
    summary: 'Get a new pair of tokens',
    description:
      'The old refresh token is dead then. Sent again within 10 seconds it gets the same new pair; later, its whole session ends.',
    caller: 'public',
    body: { schema: refreshRequest, example: { refreshToken: exampleSession.refreshToken } },
    answers: [{ status: 200, description: 'The next pair.', schema: session, example: exampleSession }],
    codes: { 401: ['invalid_refresh_token', 'refresh_token_reused'] },
  },
  {
    ...auth,
    id: 'logout',
    method: 'post',
    path: '/api/auth/logout',
    summary: 'End the session, everywhere within a second',
    caller: 'signed-in',
    answers: [{ status: 204, description: 'It is over.' }],
  },
  {
    ...auth,
    id: 'me',
    method: 'get',
    path: '/api/auth/me',
    summary: 'Who am I',
    caller: 'signed-in',
    answers: [{ status: 200, description: 'The caller.', schema: user, example: exampleUser }],
  },
  {
    ...auth,
    id: 'changePassword',
    method: 'post',
    path: '/api/auth/password',
    summary: 'Change the own password; every other session ends',
    caller: 'signed-in',
    body: {
      schema: changePasswordRequest,
      example: { currentPassword: 'registrar-demo-2026', newPassword: 'another horse battery' },
    },
    answers: [{ status: 204, description: 'It is changed.' }],
    codes: { 401: ['invalid_credentials'] },
  },
  {
    ...auth,
    id: 'requestPasswordReset',
    method: 'post',
    path: '/api/auth/password-reset',
    summary: 'Have a mail sent with a link to set a new password',
    description:
      'The answer is the same whether or not there is an account. The link is good for half an hour.',
    caller: 'public',
    body: { schema: resetRequest, example: { email: 'student@registrar.example' } },
    answers: [{ status: 202, description: 'If there is an account, a mail goes out.' }],
  },
  {
    ...auth,
    id: 'confirmPasswordReset',
    method: 'post',
    path: '/api/auth/password-reset/confirm',
    summary: 'Set a new password by the token of a mail, once; all sessions end',
    caller: 'public',
    body: {
      schema: resetConfirmation,
      example: { token: `rst_${'a'.repeat(20)}.${'b'.repeat(43)}`, newPassword: 'another horse battery' },
    },
    answers: [{ status: 204, description: 'It is set.' }],
    codes: { 400: ['invalid_reset_token'] },
  },
  {
    ...auth,
    id: 'listUsers',
    method: 'get',
    path: '/api/users',
    summary: 'Find a user by mail, or page through everybody',
    caller: 'registrar',
    query: usersQuery,
    answers: [
      {
        status: 200,
        description: 'A page in order of mail.',
        schema: userPage,
        example: { items: [exampleUser], nextCursor: null },
      },
    ],
    codes: { 400: ['invalid_cursor'] },
  },
  {
    ...auth,
    id: 'getUser',
    method: 'get',
    path: '/api/users/{id}',
    summary: 'One user',
    caller: 'registrar',
    parameters: { id: exampleUser.id },
    answers: [{ status: 200, description: 'The user.', schema: user, example: exampleUser }],
    codes: { 404: ['user_not_found'] },
  },
  {
    ...auth,
    id: 'setRoles',
    method: 'put',
    path: '/api/users/{id}/roles',
    summary: 'Give a user exactly these roles',
    description:
      'Older access tokens of the user stop working within a second; a refresh gives one with the new roles.',
    caller: 'admin',
    parameters: { id: exampleUser.id },
    body: { schema: rolesRequest, example: { roles: ['student', 'instructor'] } },
    answers: [
      {
        status: 200,
        description: 'The user as it is now.',
        schema: user,
        example: { ...exampleUser, roles: ['student', 'instructor'] },
      },
    ],
    codes: { 404: ['user_not_found'], 409: ['own_admin_role'] },
  },
];

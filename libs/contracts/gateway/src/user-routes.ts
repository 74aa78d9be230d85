import { defineRoutes } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { patchUserRequest, rolesRequest, signedInUser, user, userPage, usersQuery } from './http.ts';
import {
  maxUserLines,
  patchOwnProfileRequest,
  suspension,
  userImportQuery,
  userImportResult,
} from './users.ts';

const accounts = { tag: 'Accounts' } as const;
const ofUser = { params: { id: examples.user.id } } as const;

/** Routes of users for staff, and of the own name. */
export const userRoutes = defineRoutes('gateway', {
  listUsers: {
    ...accounts,
    method: 'GET',
    path: '/api/users',
    scope: 'users.read',
    audit: { read: 'users_read' },
    summary: 'Find users by mail, external id or parts of their names, or page through everybody',
    description:
      'With `q`, those who have every word of it in their names, mail or external id, whatever the case or accents.',
    caller: 'registrar',
    query: usersQuery,
    answers: {
      200: {
        description: 'A page in order of mail.',
        schema: userPage,
        example: { items: [examples.user], nextCursor: null },
      },
    },
    problems: { 400: ['invalid_cursor'] },
    examples: { query: { q: 'stud', role: 'student', status: 'active' } },
  },
  getUser: {
    ...accounts,
    method: 'GET',
    path: '/api/users/:id',
    scope: 'users.read',
    audit: { read: 'user_read', subject: ({ params }) => params['id'] },
    summary: 'One user',
    caller: 'registrar',
    answers: { 200: { description: 'The user.', schema: user, example: examples.user } },
    problems: { 404: ['user_not_found'] },
    examples: ofUser,
  },
  changeUser: {
    ...accounts,
    method: 'PATCH',
    path: '/api/users/:id',
    summary: "Change a user's names or external id",
    description:
      'Only what is named changes; null removes the external id or a part of the name. `name`, the one to show, stays as it is where only parts change.',
    caller: 'admin',
    body: patchUserRequest,
    answers: { 200: { description: 'The user as it is now.', schema: user, example: examples.user } },
    problems: { 404: ['user_not_found'], 409: ['external_id_taken'] },
    examples: { ...ofUser, body: { externalId: examples.user.externalId } },
  },
  setRoles: {
    ...accounts,
    method: 'PUT',
    path: '/api/users/:id/roles',
    summary: 'Grant a user exactly these roles',
    description:
      'Roles that only the sign-in by the campus gives stay; the answer shows all. Older access tokens of the user stop working within a second; a refresh gives one with the new roles.',
    caller: 'admin',
    body: rolesRequest,
    answers: {
      200: {
        description: 'The user as it is now.',
        schema: user,
        example: { ...examples.user, roles: ['student', 'instructor'] },
      },
    },
    problems: { 404: ['user_not_found'], 409: ['own_admin_role', 'last_admin'] },
    examples: { ...ofUser, body: { roles: ['student', 'instructor'] } },
  },
  importUsers: {
    ...accounts,
    method: 'POST',
    path: '/api/users/import',
    scope: 'users.write',
    summary: 'Make and change accounts by a CSV file',
    description: `Columns \`externalId\`, \`email\` and any of \`givenName\`, \`familyName\`, \`name\`, \`roles\`, \`active\`; at most ${maxUserLines} lines; of two about the same person the last counts. The same file again changes nothing. New accounts have no password.`,
    caller: 'registrar',
    timeLimitMs: 120_000,
    idempotency: 'optional',
    query: userImportQuery,
    body: 'text/csv',
    answers: {
      200: {
        description: 'What became of the lines.',
        schema: userImportResult,
        example: { changed: 1, unchanged: 0, refused: [] },
      },
    },
    examples: {
      query: { dryRun: 'true' },
      body: 'externalId,email,givenName,familyName,roles\n20261042,sam@registrar.example,Sam,Student,student\n',
    },
  },
  suspendUser: {
    ...accounts,
    method: 'POST',
    path: '/api/users/:id/suspend',
    summary: 'Suspend an account; its sessions end within a second',
    description: 'An account that is suspended already stays as it is.',
    caller: 'admin',
    idempotency: 'optional',
    body: suspension,
    answers: {
      200: {
        description: 'The user as it is now.',
        schema: user,
        example: { ...examples.user, status: 'suspended' },
      },
    },
    problems: { 404: ['user_not_found'], 409: ['last_admin'] },
    examples: { ...ofUser, body: { reason: 'The card was lost.' } },
  },
  restoreUser: {
    ...accounts,
    method: 'POST',
    path: '/api/users/:id/restore',
    summary: 'End the suspension of an account; earlier sessions stay over',
    caller: 'admin',
    idempotency: 'optional',
    answers: { 200: { description: 'The user as it is now.', schema: user, example: examples.user } },
    problems: { 404: ['user_not_found'] },
    examples: ofUser,
  },
  changeOwnProfile: {
    ...accounts,
    method: 'PATCH',
    path: '/api/users/me',
    summary: 'Change the own name',
    description: 'Only what is named changes. 403 `profile_not_editable` where the campus keeps the names.',
    caller: 'signed-in',
    body: patchOwnProfileRequest,
    answers: { 200: { description: 'The caller as now.', schema: signedInUser, example: examples.user } },
    problems: { 403: ['profile_not_editable'] },
    examples: { body: { givenName: 'Sam', familyName: 'Student' } },
  },
});

import { defineRoutes } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { signedInUser, user } from './http.ts';
import {
  maxUserLines,
  patchOwnProfileRequest,
  suspension,
  userImportQuery,
  userImportResult,
} from './users.ts';

const accounts = { tag: 'Accounts' } as const;
const ofUser = { params: { id: examples.user.id } } as const;

/** Routes by which staff make and suspend accounts, and everybody changes the own name. */
export const userRoutes = defineRoutes('gateway', {
  importUsers: {
    ...accounts,
    method: 'POST',
    path: '/api/users/import',
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

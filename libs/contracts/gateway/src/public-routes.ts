import { defineRoutes, publicCacheControl } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { campus, jwks } from './http.ts';
import { retentionList } from './retention.ts';

/** What everybody may know: the campus, how long it keeps what, and the keys of access tokens. */
export const publicRoutes = defineRoutes('gateway', {
  campus: {
    tag: 'Campus',
    method: 'GET',
    path: '/api/campus',
    summary: 'The campus: its name, time zone, languages, ways to sign in and grades',
    caller: 'public',
    cache: { control: publicCacheControl },
    answers: { 200: { description: 'The campus.', schema: campus, example: examples.campus } },
  },
  retention: {
    tag: 'Campus',
    method: 'GET',
    path: '/api/campus/retention',
    summary: 'What is kept of people and for how many days; null where there is no fixed time',
    caller: 'public',
    cache: { control: publicCacheControl },
    answers: {
      200: { description: 'Everything that is kept.', schema: retentionList, example: examples.retention },
    },
  },
  keys: {
    tag: 'Operations',
    method: 'GET',
    path: '/.well-known/jwks.json',
    summary: 'The public keys of access tokens',
    caller: 'anonymous',
    limit: 'operations',
    cache: { control: 'public, max-age=5' },
    answers: { 200: { description: 'The keys.', schema: jwks } },
  },
});

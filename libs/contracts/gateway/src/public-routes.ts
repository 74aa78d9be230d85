import { publicCacheControl } from '@registrar/contracts-http';
import type { RouteInput } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { campus, jwks } from './http.ts';

/** What everybody may know: the campus, and the keys of access tokens. */
export const publicRoutes = {
  campus: {
    tag: 'Campus',
    method: 'GET',
    path: '/api/campus',
    summary: 'The campus: its name, time zone, languages, ways to sign in and grades',
    caller: 'public',
    cache: { control: publicCacheControl },
    answers: { 200: { description: 'The campus.', schema: campus, example: examples.campus } },
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
} as const satisfies Readonly<Record<string, RouteInput>>;

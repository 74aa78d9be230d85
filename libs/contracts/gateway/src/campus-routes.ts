import { publicCacheControl } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { campus } from './http.ts';
import { retentionList } from './retention.ts';

/** What is told of the campus to everybody. */
export const campusRoutes = {
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
} as const;

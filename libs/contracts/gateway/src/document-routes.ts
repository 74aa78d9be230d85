import { defineRoutes } from '@registrar/contracts-http';
import { apiDocument } from './http.ts';

const documents = {
  tag: 'Operations',
  method: 'GET',
  caller: 'public',
  cache: { control: 'public, max-age=60' },
} as const;

/** The documents of the API itself. */
export const documentRoutes = defineRoutes('gateway', {
  openApi: {
    ...documents,
    path: '/api/openapi.json',
    summary: 'This API, as OpenAPI 3.1',
    answers: { 200: { description: 'The document.', schema: apiDocument } },
  },
  asyncApi: {
    ...documents,
    path: '/api/asyncapi.json',
    summary: 'The events on Kafka, as AsyncAPI 3',
    answers: { 200: { description: 'The document.', schema: apiDocument } },
  },
  apiPage: {
    ...documents,
    path: '/api/docs',
    summary: 'This API as a page where each call can be tried',
    answers: { 200: { description: 'The page.' } },
  },
  apiPageStyle: {
    ...documents,
    path: '/api/docs/swagger-ui.css',
    summary: 'The style of the page',
    answers: { 200: { description: 'The style sheet.' } },
  },
  apiPageScript: {
    ...documents,
    path: '/api/docs/swagger-ui-bundle.js',
    summary: 'The script of the page',
    answers: { 200: { description: 'The script.' } },
  },
});

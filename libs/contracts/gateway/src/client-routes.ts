import { formType } from '@registrar/contracts-http';
import type { RouteInput } from '@registrar/contracts-http';
import * as examples from './client-examples.ts';
import {
  apiClient,
  authorizationServer,
  clientPage,
  clientSecret,
  clientsQuery,
  createClientRequest,
  maxClientSecrets,
  patchClientRequest,
  tokenAnswer,
} from './clients.ts';

const clients = { tag: 'API clients', caller: 'admin' } as const;
const oauth = { tag: 'API clients', caller: 'anonymous' } as const;
const ofClient = { params: { id: examples.apiClient.id } } as const;
const clientNotFound = { 404: ['client_not_found'] } as const;
const theClient = { description: 'The client.', schema: apiClient, example: examples.apiClient } as const;

/** Routes of API clients, and those where they get their tokens. */
export const clientRoutes = {
  listClients: {
    ...clients,
    method: 'GET',
    path: '/api/clients',
    summary: 'API clients, newest first',
    query: clientsQuery,
    answers: {
      200: {
        description: 'A page.',
        schema: clientPage,
        example: { items: [examples.apiClient], nextCursor: null },
      },
    },
    problems: { 400: ['invalid_cursor'] },
  },
  getClient: {
    ...clients,
    method: 'GET',
    path: '/api/clients/:id',
    summary: 'One API client',
    answers: { 200: theClient },
    problems: clientNotFound,
    examples: ofClient,
  },
  createClient: {
    ...clients,
    method: 'POST',
    path: '/api/clients',
    summary: 'Make an API client; it has no secret yet',
    idempotency: 'optional',
    body: createClientRequest,
    answers: { 201: { ...theClient, headers: { Location: 'Where it is.' } } },
    examples: { body: { name: examples.apiClient.name, scopes: examples.apiClient.scopes } },
  },
  changeClient: {
    ...clients,
    method: 'PATCH',
    path: '/api/clients/:id',
    summary: 'Change the name or the scopes of an API client',
    description:
      'Only what is named changes. Where a scope is taken away, tokens of the client stop working within a second; it can get new ones.',
    body: patchClientRequest,
    answers: { 200: theClient },
    problems: clientNotFound,
    examples: { ...ofClient, body: { scopes: ['enrollments.read'] } },
  },
  deleteClient: {
    ...clients,
    method: 'DELETE',
    path: '/api/clients/:id',
    summary: 'Delete an API client; its tokens stop working within a second',
    answers: { 204: { description: 'It is gone.' } },
    problems: clientNotFound,
    examples: ofClient,
  },
  createClientSecret: {
    ...clients,
    method: 'POST',
    path: '/api/clients/:id/secrets',
    summary: 'Make a secret of an API client, shown this once',
    description: `A client has ${maxClientSecrets} at most, so that one can follow the other without a gap. No answer with a secret is kept: the same \`Idempotency-Key\` again is 409 \`secret_not_repeated\`.`,
    idempotency: 'optional',
    answers: {
      201: { description: 'The secret.', schema: clientSecret, example: examples.clientSecret },
    },
    problems: { ...clientNotFound, 409: ['too_many_secrets', 'secret_not_repeated'] },
    examples: ofClient,
  },
  deleteClientSecret: {
    ...clients,
    method: 'DELETE',
    path: '/api/clients/:id/secrets/:secretId',
    summary: 'Delete a secret: no token is given for it any more',
    description: 'Tokens that were got with it live to their end, 15 minutes at most.',
    answers: { 204: { description: 'It is gone.' } },
    problems: { 404: ['client_not_found', 'secret_not_found'] },
    examples: { params: { ...ofClient.params, secretId: examples.clientSecret.id } },
  },
  issueToken: {
    ...oauth,
    method: 'POST',
    path: '/oauth/token',
    summary: 'Get an access token for an API client (OAuth 2.0 client credentials)',
    description:
      'A form with `grant_type=client_credentials` and, if it shall be less than everything granted, `scope`. Id and secret by HTTP Basic, or as `client_id` and `client_secret` in the form. Scopes that the client does not have are left out of the token.',
    limit: 'sign-in',
    errors: 'oauth',
    body: formType,
    answers: { 200: { description: 'The token.', schema: tokenAnswer, example: examples.tokenAnswer } },
    problems: {
      400: ['invalid_request', 'unsupported_grant_type', 'invalid_scope', 'unauthorized_client'],
      401: ['invalid_client'],
    },
    examples: { body: examples.tokenForm },
  },
  authorizationServer: {
    ...oauth,
    method: 'GET',
    path: '/.well-known/oauth-authorization-server',
    summary: 'Where API clients get tokens, and which scopes there are (RFC 8414)',
    limit: 'operations',
    cache: { control: 'public, max-age=60' },
    answers: {
      200: {
        description: 'The metadata.',
        schema: authorizationServer,
        example: examples.authorizationServer,
      },
    },
  },
} as const satisfies Readonly<Record<string, RouteInput>>;

import { scopeNames } from '@registrar/contracts-http';

/** The API client that the documentation shows. */
export const apiClient = {
  id: 'client_m4xqk2ui7rbvz3wpte5a',
  name: 'Learning platform',
  scopes: ['enrollments.read', 'users.read'],
  createdAt: '2026-06-01T08:00:00.000Z',
  lastUsedAt: '2026-08-20T09:41:00.000Z',
  secrets: [{ id: 'sec_vd7qkzp2h3xnw5ytb6ea', createdAt: '2026-06-01T08:01:00.000Z' }],
};

/** Its secret, as the documentation shows it. */
export const clientSecret = {
  id: 'sec_vd7qkzp2h3xnw5ytb6ea',
  secret: `rcs_${'a'.repeat(43)}`,
  createdAt: '2026-06-01T08:01:00.000Z',
};

/** The form that asks for a token, in the documentation. */
export const tokenForm = {
  grant_type: 'client_credentials',
  scope: 'enrollments.read users.read',
  client_id: apiClient.id,
  client_secret: clientSecret.secret,
};

/** What OAuth's endpoints answer in the documentation. */
export const tokenAnswer = {
  access_token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2ln',
  token_type: 'Bearer',
  expires_in: 900,
  scope: 'enrollments.read users.read',
};

/** Where tokens are asked for, in the documentation. */
export const authorizationServer = {
  issuer: 'https://registrar.example',
  token_endpoint: 'https://registrar.example/oauth/token',
  jwks_uri: 'https://registrar.example/.well-known/jwks.json',
  scopes_supported: [...scopeNames],
  response_types_supported: [],
  grant_types_supported: ['client_credentials'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  service_documentation: 'https://registrar.example/api/docs',
};

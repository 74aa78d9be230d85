import { scopeNames } from '@registrar/contracts-http';
import { z } from 'zod';
import { personName } from './http.ts';

const timestamp = z.iso.datetime({ precision: 3 });

/** What an API client may be granted. */
export const scope = z.enum(scopeNames);

/** Most secrets that a client has at once: the one in use, and the one that follows it. */
export const maxClientSecrets = 2;

const scopes = z
  .array(scope)
  .max(scopeNames.length)
  .refine((names) => new Set(names).size === names.length, 'Name each scope once.');

/** A program of the campus that calls the API in its own name. */
export const apiClient = z.strictObject({
  /** `client_id` of OAuth. */
  id: z.string(),
  name: z.string(),
  /** What it is granted; with none it gets no token. */
  scopes: z.array(scope),
  createdAt: timestamp,
  /** When it last got a token, a minute late at most; null where it never did. */
  lastUsedAt: timestamp.nullable(),
  /** Its live secrets, without the secrets themselves. */
  secrets: z.array(z.strictObject({ id: z.string(), createdAt: timestamp })),
});

/** An API client. */
export type ApiClient = z.infer<typeof apiClient>;

/** `POST /api/clients`. */
export const createClientRequest = z.strictObject({ name: personName, scopes });

/** A request for an API client. */
export type CreateClientRequest = z.infer<typeof createClientRequest>;

/** `PATCH /api/clients/:id`: only what is named changes. */
export const patchClientRequest = createClientRequest
  .partial()
  .refine((fields) => Object.keys(fields).length > 0, 'Give a name, scopes or both.');

/** A change of an API client. */
export type PatchClientRequest = z.infer<typeof patchClientRequest>;

/** Query of `GET /api/clients`. */
export const clientsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().min(1).max(2_000).optional(),
});

/** Which clients are asked for. */
export type ClientsQuery = z.infer<typeof clientsQuery>;

/** A page of API clients. */
export const clientPage = z.strictObject({ items: z.array(apiClient), nextCursor: z.string().nullable() });

/** A page of API clients. */
export type ClientPage = z.infer<typeof clientPage>;

/** A secret, shown once. */
export const clientSecret = z.strictObject({ id: z.string(), secret: z.string(), createdAt: timestamp });

/** A secret of an API client. */
export type ClientSecret = z.infer<typeof clientSecret>;

/** Answer of `POST /oauth/token` (RFC 6749, 5.1). */
export const tokenAnswer = z.strictObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  /** Seconds. */
  expires_in: z.int().min(1),
  /** The scopes that were granted, with spaces between them. */
  scope: z.string(),
});

/** An access token for an API client. */
export type TokenAnswer = z.infer<typeof tokenAnswer>;

/** Answer of `GET /.well-known/oauth-authorization-server` (RFC 8414). */
export const authorizationServer = z.strictObject({
  issuer: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  scopes_supported: z.array(z.string()),
  response_types_supported: z.array(z.string()),
  grant_types_supported: z.array(z.string()),
  token_endpoint_auth_methods_supported: z.array(z.string()),
  service_documentation: z.string(),
});

/** What a program needs to know to ask for tokens. */
export type AuthorizationServer = z.infer<typeof authorizationServer>;

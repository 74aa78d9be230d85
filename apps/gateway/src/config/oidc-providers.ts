import { role } from '@registrar/contracts-gateway';
import { z } from 'zod';

/** Providers at most: each is a button of the sign-in page. */
const mostProviders = 20;
const claim = z.string().min(1).max(200);
const loopback = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?(?:\/|$)/;

/** Whether `url` is plain http on this machine. */
export function isLoopback(url: string): boolean {
  return loopback.test(url);
}

const issuer = z
  .url({ error: 'must be an https URL', abort: true })
  .refine((url) => URL.canParse(url) && !/[?#]/.test(url), 'must have no query and no fragment')
  .refine(
    (url) => url.startsWith('https://') || isLoopback(url),
    'must be an https URL; http is for loopback only',
  );

const claims = z.strictObject({
  /** What the campus calls the person; unset, nothing is known of it. */
  externalId: claim.optional(),
  email: claim.default('email'),
  name: claim.default('name'),
  givenName: claim.default('given_name'),
  familyName: claim.default('family_name'),
});

const roles = z.strictObject({
  claim,
  /** Roles of those in a group; no group gives none. */
  map: z.record(
    z
      .string()
      .min(1)
      .max(500)
      .refine((group) => group !== '*', 'must name groups one by one'),
    z.array(role).min(1),
  ),
});

/** One provider of OpenID Connect, as the settings name it. */
const oidcProvider = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'must be 1 to 40 of a-z, 0-9 and -')
      .refine((id) => id !== 'password', 'must not be "password"'),
    /** Words of its button. */
    name: z.string().trim().min(1).max(100),
    issuer,
    clientId: z.string().min(1).max(500),
    clientSecret: z.string().min(1).max(2_000),
    scopes: z
      .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'must be scopes'))
      .max(50)
      .default(['openid', 'profile', 'email'])
      .refine((scopes) => scopes.includes('openid'), 'must have "openid"'),
    claims: claims.default(() => claims.parse({})),
    roles: roles.optional(),
    /** Whether signing out here signs out there too. */
    logout: z.boolean().default(false),
    /** Whether strangers get a student account. */
    signUp: z.boolean().default(false),
    /** Whether an external id of it links an account that waits for its owner. */
    trustExternalId: z.boolean().default(false),
    /** How long a session lives at most, hours. */
    sessionHours: z.number().min(1).max(2_160).default(24),
  })
  .refine(({ trustExternalId, claims: { externalId } }) => !trustExternalId || externalId !== undefined, {
    path: ['claims', 'externalId'],
    message: 'must name a claim, as trustExternalId is true',
  });

const list = z
  .array(oidcProvider)
  .max(mostProviders)
  .refine((providers) => new Set(providers.map(({ id }) => id)).size === providers.length, 'ids must differ')
  .refine(
    (providers) => new Set(providers.map(({ issuer: url }) => url)).size === providers.length,
    'issuers must differ',
  )
  .refine(
    (providers) => providers.filter(({ trustExternalId }) => trustExternalId).length <= 1,
    'trustExternalId must be true for one provider at most',
  );

/**
 * `OIDC_PROVIDERS`: a JSON array. Every fault says where it is, such as `[0].issuer`; no value is repeated, as one is a
 * secret.
 */
export const oidcProviders = z.string().transform((text, context) => {
  const value = parsed(text);
  if (value === undefined) {
    context.addIssue({ code: 'custom', message: 'must be a JSON array of providers' });
    return z.NEVER;
  }
  const result = list.safeParse(value);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues)
    context.addIssue({ code: 'custom', message: [...whereOf(path), message].join(': ') });
  return z.NEVER;
});

/** A provider of OpenID Connect. */
export type OidcProvider = z.infer<typeof oidcProvider>;

/** The issuers that only development may have: plain http. */
export function plainIssuers(providers: readonly OidcProvider[]): string[] {
  return providers.filter(({ issuer: url }) => url.startsWith('http:')).map(({ id }) => id);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function whereOf(path: readonly PropertyKey[]): string[] {
  if (path.length === 0) return [];
  const where = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return [where.replace(/^\./, '')];
}

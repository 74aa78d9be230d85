import type { Role } from '@registrar/auth';
import { externalId as externalIdSchema, mailAddress, personName } from '@registrar/contracts-gateway';
import type { OidcProvider } from '../../../config/oidc-providers.ts';

/** What a provider says of a person, by the names of the claims. */
export type Claims = Readonly<Record<string, unknown>>;

/** What claims say of a person; null where they say nothing, or nothing that fits. */
export interface CampusProfile {
  externalId: string | null;
  email: string | null;
  /** True only where the provider says so. */
  emailVerified: boolean;
  name: string | null;
  givenName: string | null;
  familyName: string | null;
  /** Those of the person's groups. */
  roles: Role[];
}

/** Groups of one person that are looked at. */
const mostGroups = 2_000;

/** The claim of this name; with dots also one inside others, as `realm_access.roles`. */
function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let at: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

/** Whether the claims have one of this name. */
export function hasClaim(claims: Claims, name: string): boolean {
  return claimOf(claims, name) !== undefined;
}

/** Names of the claims that the settings of a provider look at. */
export function claimNamesOf({ claims, roles }: OidcProvider): string[] {
  const { externalId, email, name, givenName, familyName } = claims;
  return [externalId, email, name, givenName, familyName, roles?.claim].filter((each) => each !== undefined);
}

/** What `claims` say of a person, by the settings of their provider. */
export function profileOf(claims: Claims, { claims: names, roles }: OidcProvider): CampusProfile {
  const text = (name: string | undefined, schema: { safeParse: (value: unknown) => { data?: string } }) => {
    const value = name === undefined ? undefined : claimOf(claims, name);
    return schema.safeParse(typeof value === 'number' ? String(value) : value).data ?? null;
  };
  const givenName = text(names.givenName, personName);
  const familyName = text(names.familyName, personName);
  const whole = givenName === null || familyName === null ? undefined : `${givenName} ${familyName}`;
  return {
    externalId: text(names.externalId, externalIdSchema),
    email: text(names.email, mailAddress),
    emailVerified: claims['email_verified'] === true,
    name: text(names.name, personName) ?? personName.safeParse(whole).data ?? null,
    givenName,
    familyName,
    roles: roles ? rolesOfGroups(claimOf(claims, roles.claim), roles.map) : [],
  };
}

function rolesOfGroups(claim: unknown, map: Readonly<Record<string, readonly Role[]>>): Role[] {
  const groups = Array.isArray(claim) ? (claim as unknown[]).slice(0, mostGroups) : [claim];
  const found = groups.flatMap((group) =>
    typeof group === 'string' && Object.hasOwn(map, group) ? (map[group] ?? []) : [],
  );
  return [...new Set(found)].sort();
}

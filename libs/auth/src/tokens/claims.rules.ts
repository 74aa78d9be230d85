import { scopeNames } from '@registrar/contracts-http';
import { roles } from '../identity/identity.ts';
import type { Identity } from '../identity/identity.ts';

/** What begins the id of every API client, and of nobody else. */
const clientPrefix = 'client_';

/** A token whose signature, issuer, audience and times are good. */
export interface VerifiedToken {
  header: { typ?: string };
  payload: Claims;
}

/** Claims as they were signed; which of them are there is not known yet. */
interface Claims {
  sub?: unknown;
  sid?: unknown;
  jti?: unknown;
  iat?: unknown;
  exp?: unknown;
  roles?: unknown;
  ver?: unknown;
  client_id?: unknown;
  scope?: unknown;
}

/**
 * The caller that a token names: an API client by type `at+jwt` (RFC 9068), a person by any other; undefined where
 * claims are missing.
 *
 * Guarantee: a token is never both. One with claims of the other kind is none.
 */
export function identityOf({ header, payload }: VerifiedToken): Identity | undefined {
  const { sub, jti, iat, exp, ver } = payload;
  if (!isText(sub) || !isText(jti) || !isTime(iat) || !isTime(exp)) return undefined;
  const tokenVersion = typeof ver === 'number' && Number.isSafeInteger(ver) ? ver : 0;
  const common = { id: sub, tokenId: jti, tokenVersion, issuedAt: iat, expiresAt: exp };
  const type = header.typ?.toLowerCase();
  if (type === 'at+jwt' || type === 'application/at+jwt') return clientOf(payload, common);
  return type === 'jwt' || type === undefined ? personOf(payload, common) : undefined;
}

type Common = Omit<Identity, 'roles' | 'sessionId'>;

function personOf({ sid, roles: named, client_id: clientId }: Claims, common: Common): Identity | undefined {
  if (!isText(sid) || !Array.isArray(named) || clientId !== undefined || common.id.startsWith(clientPrefix))
    return undefined;
  return { ...common, sessionId: sid, roles: roles.filter((role) => named.includes(role)) };
}

function clientOf(claims: Claims, common: Common): Identity | undefined {
  const { client_id: clientId, scope, roles: named, sid } = claims;
  if (clientId !== common.id || !common.id.startsWith(clientPrefix) || typeof scope !== 'string')
    return undefined;
  if (named !== undefined || sid !== undefined) return undefined;
  const granted = scope.split(' ');
  const scopes = scopeNames.filter((name) => granted.includes(name));
  return { ...common, sessionId: '', roles: [], clientId: common.id, scopes };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}

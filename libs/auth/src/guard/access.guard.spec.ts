import { generateKeyPairSync } from 'node:crypto';
import type { ExecutionContext } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { defineRoutes } from '@registrar/contracts-http';
import type { Caller, Scope } from '@registrar/contracts-http';
import { routeKey } from '@registrar/service';
import type { Problem, ServiceConfig } from '@registrar/service';
import { describe, expect, it } from 'vitest';
import { ServiceTokens } from '../tokens/service-tokens.ts';
import { TokenVerifier } from '../tokens/token-verifier.ts';
import { AccessGuard } from './access.guard.ts';
import { identityKey } from './identified-request.ts';
import type { IdentifiedRequest } from './identified-request.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const config = {
  TOKEN_ISSUER: 'https://registrar.example',
  TOKEN_AUDIENCE: 'registrar',
  SERVICE_TOKEN_SECRET: 's'.repeat(32),
} as ServiceConfig;
const guard = new AccessGuard(
  new TokenVerifier(config, { keyOf: () => Promise.resolve(publicKey) }),
  new ServiceTokens(config, 'gateway'),
);
const signer = new JwtService({ secretOrKeyProvider: () => privateKey });

function tokenOf(...roles: string[]): string {
  const good = { keyid: 'k1', subject: 'usr_1', jwtid: roles.join(), issuer: config.TOKEN_ISSUER } as const;
  return signer.sign(
    { roles, sid: 's' },
    { ...good, algorithm: 'ES256', audience: 'registrar', expiresIn: 900 },
  );
}

function clientToken(scope: string): string {
  const good = { keyid: 'k1', subject: 'client_1', jwtid: scope, issuer: config.TOKEN_ISSUER } as const;
  return signer.sign(
    { client_id: 'client_1', scope },
    {
      ...good,
      algorithm: 'ES256',
      header: { alg: 'ES256', typ: 'at+jwt' },
      audience: 'registrar',
      expiresIn: 900,
    },
  );
}

const tokens: Record<string, string | undefined> = {
  none: undefined,
  broken: 'abc',
  student: tokenOf('student'),
  instructor: tokenOf('instructor'),
  registrar: tokenOf('registrar'),
  admin: tokenOf('admin'),
  courses: new ServiceTokens(config, 'courses').for('gateway'),
  enrollments: new ServiceTokens(config, 'enrollments').for('gateway'),
  client: clientToken('holds.write users.read'),
  other: clientToken('catalog.write users.write'),
};

type Verdict = [number, ...unknown[]];

/** 200 and the roles where the guard lets pass, else the status of its refusal with its challenge. */
async function ask(caller: Caller | undefined, token: string | undefined, scope?: Scope): Promise<Verdict> {
  const handler = () => undefined;
  if (caller !== undefined) {
    const path = typeof caller === 'object' ? '/internal/x' : '/x';
    const answers = { 200: { description: 'Good.' } };
    const { route } = defineRoutes('gateway', {
      route: { tag: '', summary: '', method: 'GET', path, caller, answers, ...(scope && { scope }) },
    });
    Reflect.defineMetadata(routeKey, route, handler);
  }
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const request: IdentifiedRequest = { headers };
  const context = {
    getType: () => 'http',
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  return guard.canActivate(context).then(
    () => [200, ...(request[identityKey]?.roles ?? [])],
    (error: unknown) => {
      const { status, extras } = error as Problem;
      return [status, extras.headers?.['www-authenticate']];
    },
  );
}

describe('the access guard, by the caller of a route and the token of a request', () => {
  it.each<[Caller | undefined, Record<string, number>]>([
    ['anonymous', { none: 200, broken: 200, student: 200, courses: 200 }],
    ['public', { none: 200, broken: 401, student: 200, admin: 200, courses: 401 }],
    ['signed-in', { none: 401, broken: 401, student: 200, instructor: 200, courses: 401 }],
    ['instructor', { none: 401, student: 403, instructor: 200, registrar: 403, admin: 403 }],
    ['registrar', { none: 401, student: 403, instructor: 403, registrar: 200, admin: 200 }],
    ['admin', { none: 401, student: 403, registrar: 403, admin: 200 }],
    [{ services: ['courses'] }, { none: 401, broken: 401, admin: 401, courses: 200, enrollments: 403 }],
    [undefined, { none: 401, broken: 401, student: 200 }],
  ])('%o: %o', async (caller, expected) => {
    for (const [who, status] of Object.entries(expected))
      expect([who, (await ask(caller, tokens[who]))[0]]).toEqual([who, status]);
  });
});

const challenge = 'Bearer error="insufficient_scope"';

describe('the access guard, by the scope of a route and those of an API client', () => {
  it.each<[Caller | undefined, Scope | undefined, Verdict, Verdict]>([
    // The route; a client that has holds.write; one that has not.
    ['registrar', 'holds.write', [200, 'registrar'], [403, `${challenge}, scope="holds.write"`]],
    ['signed-in', 'holds.write', [200, 'registrar'], [403, `${challenge}, scope="holds.write"`]],
    ['public', 'holds.write', [200, 'registrar'], [200]],
    ['public', undefined, [200], [200]],
    ['anonymous', undefined, [200], [200]],
    ['signed-in', undefined, [403, challenge], [403, challenge]],
    ['instructor', undefined, [403, challenge], [403, challenge]],
    ['registrar', undefined, [403, challenge], [403, challenge]],
    ['admin', undefined, [403, challenge], [403, challenge]],
    [undefined, undefined, [403, challenge], [403, challenge]],
    [{ services: ['courses'] }, undefined, [401, 'Bearer'], [401, 'Bearer']],
  ])('%o with %s: %o, else %o', async (caller, scope, having, lacking) => {
    expect(await ask(caller, tokens['client'], scope)).toEqual(having);
    expect(await ask(caller, tokens['other'], scope)).toEqual(lacking);
  });

  it('changes nothing for people', async () => {
    expect(await ask('registrar', tokens['admin'], 'holds.write')).toEqual([200, 'admin']);
    expect(await ask('registrar', tokens['student'], 'holds.write')).toEqual([403, undefined]);
    expect(await ask('signed-in', tokens['student'], 'holds.write')).toEqual([200, 'student']);
  });
});

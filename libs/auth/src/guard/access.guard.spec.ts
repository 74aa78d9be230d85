import { generateKeyPairSync } from 'node:crypto';
import type { ExecutionContext } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { defineRoutes } from '@registrar/contracts-http';
import type { Caller } from '@registrar/contracts-http';
import { routeKey } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { describe, expect, it } from 'vitest';
import { ServiceTokens } from '../tokens/service-tokens.ts';
import { TokenVerifier } from '../tokens/token-verifier.ts';
import { AccessGuard } from './access.guard.ts';

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

const tokens: Record<string, string | undefined> = {
  none: undefined,
  broken: 'abc',
  student: tokenOf('student'),
  instructor: tokenOf('instructor'),
  registrar: tokenOf('registrar'),
  admin: tokenOf('admin'),
  courses: new ServiceTokens(config, 'courses').for('gateway'),
  enrollments: new ServiceTokens(config, 'enrollments').for('gateway'),
};

/** 200 where the guard lets pass, else the status of its refusal. */
async function ask(caller: Caller | undefined, token: string | undefined): Promise<number> {
  const handler = () => undefined;
  if (caller !== undefined) {
    const path = typeof caller === 'object' ? '/internal/x' : '/x';
    const answers = { 200: { description: 'Good.' } };
    const { route } = defineRoutes('gateway', {
      route: { tag: '', summary: '', method: 'GET', path, caller, answers },
    });
    Reflect.defineMetadata(routeKey, route, handler);
  }
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const context = {
    getType: () => 'http',
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => ({ headers }) }),
  } as unknown as ExecutionContext;
  return guard.canActivate(context).then(
    () => 200,
    (error: unknown) => (error as { status: number }).status,
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
      expect([who, await ask(caller, tokens[who])]).toEqual([who, status]);
  });
});

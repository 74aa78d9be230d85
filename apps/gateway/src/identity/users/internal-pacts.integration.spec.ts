import { JwksKeys, TokenVerifier } from '@registrar/auth';
import { enrollmentsPact, notificationsPact, pactState } from '@registrar/contracts-gateway';
import type { GatewayInteraction, Session } from '@registrar/contracts-gateway';
import { CONFIG } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { ConfirmationRepository } from '../confirmations/confirmation.repository.ts';
import { confirmationLifeMs } from '../confirmations/confirmation.ts';
import { PasswordResetRepository } from '../resets/password-reset.repository.ts';
import { resetLifeMs } from '../resets/password-reset.ts';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
const anywhere = { strict: false };
let gateway: RunningGateway;
let session: Session;

beforeAll(async () => {
  await system.prepare();
  gateway = await system.start();
  session = await gateway.register(pactState.email);
  const root = await gateway.signIn(admin.email, admin.password);
  const body = { externalId: pactState.externalId };
  await gateway.call('PATCH', `/api/users/${session.user.id}`, { token: root.accessToken, body });
  const creation = gateway.app.get(PasswordResetRepository, anywhere).creation({
    id: pactState.resetId,
    userId: session.user.id,
    sessionEpoch: 1,
    nonce: 'nonce',
    expiresAt: Date.now() + resetLifeMs,
    usedAt: undefined,
  });
  const waiting = gateway.app.get(ConfirmationRepository, anywhere).creation({
    id: pactState.confirmationId,
    email: pactState.unconfirmedEmail,
    name: 'Test Student',
    passwordHash: 'hash',
    nonce: 'nonce',
    createdAt: Date.now(),
    expiresAt: Date.now() + confirmationLifeMs,
  });
  await gateway.app.get(AccountLedger, anywhere).commit({ actions: [creation, waiting] });
});
afterAll(() => system.close());

/** Of the same types where the gateway chooses the value, the same values elsewhere. */
function expected(answer: GatewayInteraction['answer']): Record<string, unknown> {
  const chosen = ['id', 'createdAt', 'expiresAt', 'link'].filter((member) => member in answer);
  return { ...answer, ...Object.fromEntries(chosen.map((member) => [member, expect.any(String)])) };
}

const interactions = [
  ...Object.values(enrollmentsPact).map((interaction) => ({ ...interaction, asker: 'enrollments' })),
  ...Object.values(notificationsPact).map((interaction) => ({ ...interaction, asker: 'notifications' })),
];

it.each(interactions)('$asks, as agreed with $asker', async ({ method, path, status, answer, asker }) => {
  const token = gateway.serviceToken(asker);
  const actual = await gateway.call(method, path.replace(pactState.userId, session.user.id), { token });
  expect(actual.status).toBe(status);
  expect(actual.json).toMatchObject(expected(answer));
});

it.each([
  ['courses', 'GET', `/internal/users?email=${encodeURIComponent(pactState.email)}`],
  ['enrollments', 'POST', `/internal/password-resets/${pactState.resetId}/link`],
])('refuses %s, which is no caller of %s %s', async (service, method, path) => {
  const actual = await gateway.call(method, path, { token: gateway.serviceToken(service) });
  expect([actual.status, actual.json?.['code']]).toEqual([403, 'forbidden']);
});

it('publishes the keys by which every service verifies its tokens, and no private one', async () => {
  const path = '/.well-known/jwks.json';
  const keys = new JwksKeys(gateway.url + path);
  const verifier = new TokenVerifier(gateway.app.get<ServiceConfig>(CONFIG, anywhere), keys);
  const identity = await verifier.fromHeader(`Bearer ${session.accessToken}`);
  expect(identity).toMatchObject({ id: session.user.id, roles: ['student'] });
  const published = (await gateway.get(path)).json?.['keys'] as Record<string, unknown>[];
  for (const key of published) {
    expect(key).toMatchObject({ kid: expect.any(String) as string, kty: 'EC', crv: 'P-256' });
    expect(key).not.toHaveProperty('d');
  }
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { CONFIG } from '@registrar/service';
import type { GatewayConfig } from '../../config/gateway-config.ts';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import { provision } from '../../testing/provisioned-account.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { mailedToken, mailedTokenKey } from '../accounts/mailed-token.rules.ts';
import { resetLifeMs } from './password-reset.ts';
import type { PasswordReset } from './password-reset.ts';
import { PasswordResetRepository } from './password-reset.repository.ts';

const system = new GatewaySystem();
let withCampus: RunningGateway;
let withoutCampus: RunningGateway;

beforeAll(async () => {
  await system.prepare();
  const provider = {
    id: 'campus',
    name: 'Campus',
    issuer: 'http://127.0.0.1:1',
    clientId: 'c',
    clientSecret: 's',
  };
  withoutCampus = await system.start();
  withCampus = await system.start({ OIDC_PROVIDERS: JSON.stringify([provider]) });
});
afterAll(() => system.close());

/** A reset that was asked for, with its token. */
async function resetOf(userId: string, name: string): Promise<{ id: string; token: string }> {
  const { app } = withCampus;
  const id = `rst_${name.padEnd(20, 'a')}`;
  const expiresAt = Date.now() + resetLifeMs;
  const reset: PasswordReset = { id, userId, sessionEpoch: 1, nonce: 'n', expiresAt, usedAt: undefined };
  const creation = app.get(PasswordResetRepository, { strict: false }).creation(reset);
  await app.get(AccountLedger, { strict: false }).commit({ actions: [creation] });
  const { SERVICE_TOKEN_SECRET } = app.get<GatewayConfig>(CONFIG, { strict: false });
  const key = mailedTokenKey(SERVICE_TOKEN_SECRET, 'password reset token');
  return { id, token: mailedToken({ id, owner: userId, nonce: reset.nonce }, key) };
}

function link(gateway: RunningGateway, id: string) {
  const token = gateway.serviceToken('notifications');
  return gateway.call('POST', `/internal/password-resets/${id}/link`, { token });
}

it('an account without a password is told to sign in by the campus, and gets no password', async () => {
  const account = await provision(withCampus, { id: 'usr_campus', email: 'campus.only@registrar.example' });
  const { id, token } = await resetOf(account.id, 'campus');
  expect((await link(withCampus, id)).json).toMatchObject({
    link: 'http://127.0.0.1:3000/sign-in',
    email: account.email,
    signIn: 'campus',
  });
  const confirmed = await withCampus.post('/api/auth/password-reset/confirm', {
    token,
    newPassword: goodPassword,
  });
  expect([confirmed.status, confirmed.json?.['code']]).toEqual([400, 'invalid_reset_token']);
  const body = { email: account.email, password: goodPassword };
  expect((await withCampus.post('/api/auth/login', body)).status).toBe(401);
});

it('an account with a password gets a new one', async () => {
  const { user } = await withCampus.register('both@registrar.example');
  const { id } = await resetOf(user.id, 'both');
  const { json } = await link(withCampus, id);
  expect(json).toMatchObject({ signIn: 'password' });
  expect(json?.['link']).toMatch(/\/reset-password#\?token=rst_/);
});

it('without a provider, an account without a password gets one', async () => {
  const account = await provision(withoutCampus, { id: 'usr_none', email: 'none@registrar.example' });
  const { id, token } = await resetOf(account.id, 'none');
  expect((await link(withoutCampus, id)).json).toMatchObject({ signIn: 'password' });
  const body = { token, newPassword: goodPassword };
  expect((await withoutCampus.post('/api/auth/password-reset/confirm', body)).status).toBe(204);
  expect((await withoutCampus.signIn(account.email)).user.id).toBe(account.id);
});

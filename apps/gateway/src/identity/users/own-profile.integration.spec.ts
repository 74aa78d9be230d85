import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '@registrar/contracts-gateway';
import { PasswordResetRepository } from '../resets/password-reset.repository.ts';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';

const system = new GatewaySystem();
const unlimited = { RATE_LIMIT_SIGN_IN_PER_SECOND: '0', RATE_LIMIT_USER_PER_SECOND: '0' };
let gateway: RunningGateway;
let count = 0;
let session: Session;

beforeAll(async () => {
  await system.prepare();
  gateway = await system.start(unlimited);
});
afterAll(() => system.close());
beforeEach(async () => {
  count += 1;
  session = await gateway.register(`me.${count}@registrar.example`);
});

const change = (body: unknown, token: string | undefined = session.accessToken, on = gateway) =>
  on.call('PATCH', '/api/users/me', { token, body });

describe('the own name', () => {
  it('is changed part by part, and the one that is shown stays unless it is named', async () => {
    const { user, accessToken } = session;
    const named = { ...user, givenName: 'Zoë', familyName: 'Moss' };
    const answer = await change({ givenName: ' Zoë ', familyName: 'Moss' });
    expect([answer.status, answer.json]).toEqual([200, named]);
    expect((await gateway.get('/api/auth/me', accessToken)).json).toEqual(named);
    const shown = await change({ name: 'Zoë Moss', familyName: null });
    expect(shown.json).toEqual({ ...named, name: 'Zoë Moss', familyName: null });
  });

  it.each([
    [{}],
    [{ name: null }],
    [{ name: ' ' }],
    [{ givenName: '' }],
    [{ familyName: 'x\ny' }],
    [{ externalId: '1' }],
    [{ email: 'a@registrar.example' }],
    [{ roles: ['admin'] }],
  ])('is not changed by %j', async (body) => {
    expect((await change(body)).status).toBe(422);
  });

  it('stays where the campus keeps names, but for admins', async () => {
    const strict = await system.start({ ...unlimited, PROFILE_EDITABLE: 'false' });
    const refused = await change({ name: 'Other' }, session.accessToken, strict);
    expect([refused.status, refused.json?.['code']]).toEqual([403, 'profile_not_editable']);
    const root = (await strict.signIn(admin.email, admin.password)).accessToken;
    const path = `/api/users/${session.user.id}`;
    const changed = await strict.call('PATCH', path, { token: root, body: { familyName: 'Moss' } });
    expect(changed.json).toEqual({ ...session.user, familyName: 'Moss' });
  });

  it('needs a session', async () => {
    expect((await gateway.call('PATCH', '/api/users/me', { body: { name: 'x' } })).status).toBe(401);
  });
});

describe('an account that a file made', () => {
  it('has no password, and gets one by a mailed link', async () => {
    const root = (await gateway.signIn(admin.email, admin.password)).accessToken;
    const email = `made.${count}@registrar.example`;
    await gateway.sendFile('/api/users/import', `externalId,email\n${count},${email}\n`, root);
    const login = await gateway.post('/api/auth/login', { email, password: 'anything at all' });
    expect([login.status, login.json?.['code']]).toEqual([401, 'invalid_credentials']);
    const made = vi.spyOn(gateway.app.get(PasswordResetRepository, { strict: false }), 'creation');
    await gateway.post('/api/auth/password-reset', { email });
    const id = made.mock.calls.at(-1)?.[0].id ?? '';
    const token = gateway.serviceToken('notifications');
    const { json } = await gateway.call('POST', `/internal/password-resets/${id}/link`, { token });
    const newPassword = 'a password of my own';
    const [, mailed = ''] = /token=(\S+)$/.exec(String(json?.['link'])) ?? [];
    const confirmed = await gateway.post('/api/auth/password-reset/confirm', { token: mailed, newPassword });
    expect(confirmed.status).toBe(204);
    expect((await gateway.signIn(email, newPassword)).user.roles).toEqual(['student']);
  });
});

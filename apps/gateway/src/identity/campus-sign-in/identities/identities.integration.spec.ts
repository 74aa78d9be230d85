import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Dynamo } from '@registrar/dynamodb';
import { until } from '@registrar/testing';
import { TestCampus } from '../../../testing/campus-provider.ts';
import { GatewaySystem } from '../../../testing/gateway-system.ts';
import type { RunningGateway } from '../../../testing/running-gateway.ts';
import { goodPassword } from '../../../testing/running-gateway.ts';
import { TestBrowser } from '../../../testing/test-browser.ts';

const system = new GatewaySystem();
const campus = new TestCampus('campus');
const library = new TestCampus('library');
let one: RunningGateway;
let other: RunningGateway;

const roles = { claim: 'groups', map: { staff: ['instructor'], office: ['registrar'] } };

beforeAll(async () => {
  await Promise.all([system.prepare(), campus.start(), library.start()]);
  const down = { ...library.settings(), id: 'down', issuer: 'http://127.0.0.1:1' };
  const providers = [campus.settings({ roles, signUp: true }), library.settings({ roles }), down];
  const env = { OIDC_PROVIDERS: JSON.stringify(providers) };
  [one, other] = await Promise.all([system.start(env), system.start(env)]);
});
afterAll(() => Promise.all([system.close(), campus.stop(), library.stop()]));

/** Somebody with an account here and at both providers. */
async function person(name: string, more: Record<string, unknown> = {}) {
  const email = `${name}@registrar.example`;
  for (const provider of [campus, library]) provider.addMember(name, { email, name, ...more });
  const { accessToken } = await one.register(email);
  return { name, email, token: accessToken, browser: new TestBrowser(one, name) };
}

type Person = Awaited<ReturnType<typeof person>>;

/** Begins to link a provider and goes there. @returns the page of ours that it ends on */
async function link({ browser, token }: Pick<Person, 'browser' | 'token'>, provider = 'campus') {
  const { status, text } = await browser.open(`/api/auth/identities/${provider}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  if (status !== 200) return { status, text, page: undefined };
  const { page } = browser.endOf(await browser.follow((JSON.parse(text) as { url: string }).url));
  return { status, text, page };
}

interface Listed {
  id: string;
  provider: string;
  linkedAt: string;
}

async function listed(token: string): Promise<Listed[]> {
  return (await one.get('/api/auth/identities', token)).json?.['items'] as Listed[];
}

describe('linking a provider', () => {
  it('lets its owner sign in by it from then on, with the roles of the campus besides', async () => {
    const ada = await person('ada', { groups: ['staff'] });
    expect((await ada.browser.signIn('campus')).page).toBe('/sign-in?error=account_link_required');
    expect(await listed(ada.token)).toEqual([]);
    expect((await link(ada)).page).toBe('/account');
    // The roles are others now, so the token of before has ended.
    expect((await one.get('/api/auth/me', ada.token)).status).toBe(401);
    expect((await ada.browser.signIn('campus')).page).toBe('/');
    const { user, accessToken } = await ada.browser.session();
    expect(user).toMatchObject({ email: ada.email, roles: ['student', 'instructor'] });
    expect(await listed(accessToken)).toEqual([
      {
        id: expect.stringMatching(/^idn_/) as string,
        provider: 'campus',
        linkedAt: expect.stringMatching(/Z$/) as string,
      },
    ]);
    expect((await one.signIn(ada.email)).user.id).toBe(user['id']);
  });

  it('is the same again', async () => {
    const ben = await person('ben');
    expect([(await link(ben)).page, (await link(ben)).page]).toEqual(['/account', '/account']);
    expect((await listed(ben.token)).length).toBe(1);
  });

  it('works with several providers', async () => {
    const cleo = await person('cleo');
    await link(cleo);
    await link(cleo, 'library');
    expect((await listed(cleo.token)).map(({ provider }) => provider).sort()).toEqual(['campus', 'library']);
    for (const provider of ['campus', 'library']) {
      const browser = new TestBrowser(other, 'cleo');
      expect((await browser.signIn(provider)).page).toBe('/');
      expect((await browser.session()).user['email']).toBe(cleo.email);
    }
  });

  it('needs a password that was given within five minutes', async () => {
    const dora = await person('dora');
    const dynamo = one.app.get(Dynamo, { strict: false });
    const now = dynamo.now.bind(dynamo);
    const later = vi.spyOn(dynamo, 'now').mockImplementation(() => now() + 300_001);
    const refused = await link(dora);
    later.mockRestore();
    expect([refused.status, JSON.parse(refused.text)]).toMatchObject([
      403,
      { code: 'recent_sign_in_required' },
    ]);
    await link(dora);
    await dora.browser.signIn('campus');
    const byCampus = await link(
      { browser: dora.browser, token: (await dora.browser.session()).accessToken },
      'library',
    );
    expect(byCampus.status).toBe(403);
  });

  it('never takes an identity from another account, nor a second one of the same provider', async () => {
    const emil = await person('emil');
    await link(emil);
    const fay = await person('fay');
    const asEmil = { token: fay.token, browser: new TestBrowser(one, 'emil') };
    expect((await link(asEmil)).page).toBe('/sign-in?error=account_link_required');
    expect(await listed(fay.token)).toEqual([]);
    await link(fay);
    campus.addMember('fay-two', { email: 'fay.two@registrar.example' });
    const asSecond = { token: fay.token, browser: new TestBrowser(one, 'fay-two') };
    expect((await link(asSecond)).page).toBe('/sign-in?error=account_link_required');
    expect((await listed(fay.token)).length).toBe(1);
  });

  it('ends with a change of the password in between', async () => {
    const gus = await person('gus');
    const { text } = await gus.browser.open('/api/auth/identities/campus', {
      method: 'POST',
      headers: { authorization: `Bearer ${gus.token}` },
    });
    await one.post(
      '/api/auth/password',
      { currentPassword: goodPassword, newPassword: 'another horse battery' },
      gus.token,
    );
    const { url } = JSON.parse(text) as { url: string };
    expect(gus.browser.endOf(await gus.browser.follow(url)).page).toBe('/sign-in?error=sign_in_expired');
  });

  it('is for who is signed in, by a provider that is there', async () => {
    expect((await one.post('/api/auth/identities/campus', undefined)).status).toBe(401);
    expect((await one.get('/api/auth/identities')).status).toBe(401);
    const hal = await person('hal');
    expect((await link(hal, 'unknown')).status).toBe(404);
    const down = await link(hal, 'down');
    expect([down.status, JSON.parse(down.text)]).toMatchObject([503, { code: 'provider_unavailable' }]);
  });
});

describe('removing an identity', () => {
  const remove = (id: string, token: string) => one.call('DELETE', `/api/auth/identities/${id}`, { token });

  it('takes its roles away in the same moment, ends its sessions, and lets nobody in by it', async () => {
    const ida = await person('ida', { groups: ['office'] });
    await link(ida);
    await ida.browser.signIn('campus');
    const byCampus = await ida.browser.session();
    expect((await other.get('/api/users', byCampus.accessToken)).status).toBe(200);
    const { accessToken } = await one.signIn(ida.email);
    const [identity] = await listed(accessToken);
    expect((await remove(identity?.id ?? '', accessToken)).status).toBe(204);
    expect((await one.get('/api/users', byCampus.accessToken)).status).toBe(401);
    await until(async () => (await other.get('/api/users', byCampus.accessToken)).status === 401, 1_000);
    expect((await ida.browser.web('refresh')).status).toBe(401);
    expect((await one.signIn(ida.email)).user.roles).toEqual(['student']);
    expect((await ida.browser.signIn('campus')).page).toBe('/sign-in?error=account_link_required');
  });

  it('is refused for the last way to sign in', async () => {
    campus.addMember('jan', { email: 'jan@registrar.example', name: 'Jan' });
    const browser = new TestBrowser(one, 'jan');
    await browser.signIn('campus');
    const { accessToken } = await browser.session();
    const [identity] = await listed(accessToken);
    const answer = await remove(identity?.id ?? '', accessToken);
    expect([answer.status, answer.json?.['code']]).toEqual([409, 'last_identity']);
    expect((await browser.signIn('campus')).page).toBe('/');
  });

  it('is of the own ones alone', async () => {
    const kim = await person('kim');
    await link(kim);
    const lea = await person('lea');
    const [identity] = await listed(kim.token);
    for (const id of [identity?.id ?? '', 'idn_unknown']) {
      const answer = await remove(id, lea.token);
      expect([answer.status, answer.json?.['code']]).toEqual([404, 'identity_not_found']);
    }
    expect((await listed(kim.token)).length).toBe(1);
  });
});

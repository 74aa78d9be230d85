import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCampus, publicUrl } from '../../testing/campus-provider.ts';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import { provision } from '../../testing/provisioned-account.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { TestBrowser } from '../../testing/test-browser.ts';
import { AccountLedger } from '../accounts/account-ledger.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { SessionService } from '../sessions/session.service.ts';
import { mostSessions } from '../sessions/user-sessions.service.ts';

const system = new GatewaySystem();
const anywhere = { strict: false };
const campus = new TestCampus('campus');
const library = new TestCampus('library', { onlyUserInfo: true });
let one: RunningGateway;
let other: RunningGateway;
let adminToken: string;

const claims = { externalId: 'number' };
const roles = { claim: 'groups', map: { staff: ['instructor'], office: ['registrar'], it: ['admin'] } };

beforeAll(async () => {
  await Promise.all([system.prepare(), campus.start(), library.start()]);
  const providers = [
    campus.settings({ claims, roles, signUp: true, trustExternalId: true, sessionHours: 2 }),
    library.settings({ claims, roles: { claim: 'groups', map: { desk: ['registrar'] } } }),
  ];
  const env = { OIDC_PROVIDERS: JSON.stringify(providers) };
  [one, other] = await Promise.all([system.start(env), system.start(env)]);
  adminToken = (await one.signIn(admin.email, admin.password)).accessToken;
});
afterAll(() => Promise.all([system.close(), campus.stop(), library.stop()]));

/** Somebody of the campus, with a mail, and the browser of theirs. */
function member(name: string, more: Record<string, unknown> = {}): TestBrowser {
  const email = `${name}@registrar.example`;
  const full = { name: `${name} Example`, given_name: name, family_name: 'Example' };
  campus.addMember(name, { email, email_verified: true, number: `n-${name}`, ...full, ...more });
  return new TestBrowser(one, name);
}

describe('signing in by the campus', () => {
  it('makes a student account at first, and goes to the page that was asked for', async () => {
    const browser = member('ada');
    const { page, last } = await browser.signIn('campus', '/courses?q=a#top');
    expect([last.status, page]).toEqual([303, '/courses?q=a#top']);
    expect(last.setCookies).toEqual([
      expect.stringMatching(
        /^registrar-oidc-[\w-]{8}=; Max-Age=0; Path=\/api\/auth\/oidc; HttpOnly; SameSite=Lax$/,
      ) as string,
      expect.stringMatching(/^registrar=ses_.*; Path=\/; HttpOnly; SameSite=Strict$/) as string,
      'registrar-begun=1; Max-Age=60; Path=/; SameSite=Strict',
    ]);
    expect((await browser.session()).user).toMatchObject({
      email: 'ada@registrar.example',
      name: 'ada Example',
      givenName: 'ada',
      familyName: 'Example',
      externalId: 'n-ada',
      status: 'active',
      emailVerified: true,
      roles: ['student'],
    });
  });

  it('finds the same account again, on any instance, also under another mail', async () => {
    const browser = member('ben');
    await browser.signIn('campus');
    const first = (await browser.session()).user;
    member('ben', { email: 'another.ben@registrar.example' });
    const again = new TestBrowser(other, 'ben');
    expect((await again.signIn('campus')).page).toBe('/');
    expect((await again.session()).user).toEqual(first);
  });

  it('takes new names over', async () => {
    const browser = member('cleo');
    await browser.signIn('campus');
    member('cleo', { name: 'Cleo Married', family_name: 'Married' });
    await browser.signIn('campus');
    const { user, accessToken } = await browser.session();
    expect(user).toMatchObject({ name: 'Cleo Married', givenName: 'cleo', familyName: 'Married' });
    expect((await one.get('/api/auth/me', accessToken)).json).toEqual(user);
  });

  it('is told by the provider that the mail was shown to be theirs, or it was not', async () => {
    for (const [name, verified] of [
      ['dora', false],
      ['dirk', undefined],
      ['dean', 'true'],
    ] as const) {
      const browser = member(name, { email_verified: verified });
      await browser.signIn('campus');
      expect((await browser.session()).user).toMatchObject({ emailVerified: false });
    }
  });

  it('makes one account of two first sign-ins at once', async () => {
    const browsers = [member('emil'), new TestBrowser(other, 'emil'), new TestBrowser(one, 'emil')];
    const pages = await Promise.all(browsers.map((browser) => browser.signIn('campus')));
    expect(pages.map(({ page }) => page)).toEqual(['/', '/', '/']);
    const ids = await Promise.all(browsers.map(async (browser) => (await browser.session()).user['id']));
    expect(new Set(ids).size).toBe(1);
  });

  it('ends the oldest session of who has 100', async () => {
    const browser = member('hana');
    await browser.signIn('campus');
    const { user, accessToken } = await browser.session();
    const account = await one.app.get(AccountRepository, anywhere).byId(String(user['id']));
    if (!account) throw new Error('There is no account.');
    const client = { kind: 'api', userAgent: null, address: '127.0.0.1' } as const;
    const more = Array.from({ length: mostSessions - 1 }, () =>
      one.app.get(SessionService, anywhere).open(account, client),
    );
    const actions = (await Promise.all(more)).map(({ action }) => action);
    await one.app.get(AccountLedger, anywhere).commit({ actions });
    const again = new TestBrowser(one, 'hana');
    await again.signIn('campus');
    const { items } = (await one.get('/api/auth/sessions', (await again.session()).accessToken)).json as {
      items: unknown[];
    };
    expect(items).toHaveLength(mostSessions);
    expect((await one.get('/api/auth/me', accessToken)).status).toBe(401);
  });

  it('works in two tabs at once', async () => {
    const browser = member('fay');
    const starts = [];
    for (const path of ['/one', '/two'])
      starts.push(await browser.open(`/api/auth/oidc/campus/start?returnTo=${path}`));
    expect(browser.cookieNames('/api/auth/oidc').length).toBe(2);
    expect(browser.cookieNames('/')).toEqual([]);
    const pages = [];
    for (const { location } of starts) pages.push(browser.endOf(await browser.follow(location ?? '')).page);
    expect(pages).toEqual(['/one', '/two']);
    expect(browser.cookieNames('/api/auth/oidc')).toEqual(['registrar', 'registrar-begun']);
  });

  it('holds a few attempts of one browser, and gives up the oldest', async () => {
    const browser = member('gus');
    for (let at = 0; at < 9; at += 1) await browser.open('/api/auth/oidc/campus/start');
    expect(browser.cookieNames('/api/auth/oidc').length).toBe(5);
    const long = `/courses?q=${'x'.repeat(1_900)}`;
    for (let at = 0; at < 9; at += 1) await browser.open(`/api/auth/oidc/campus/start?returnTo=${long}`);
    expect(browser.cookiesFor(publicUrl, '/api/auth/oidc').length).toBeLessThan(8_500);
    expect(browser.endOf(await browser.follow('/api/auth/oidc/campus/start?returnTo=/last')).page).toBe(
      '/last',
    );
  });

  it('says that somebody gave up there', async () => {
    expect((await new TestBrowser(one, 'nobody').signIn('campus')).page).toBe(
      '/sign-in?error=provider_refused',
    );
  });

  it('reads claims that only the UserInfo endpoint tells', async () => {
    const browser = member('hal');
    await browser.signIn('campus');
    const { user } = await browser.session();
    library.addMember('hal-of-the-library', { email: 'hal@registrar.example', email_verified: true });
    expect((await new TestBrowser(one, 'hal-of-the-library').signIn('library')).page).toBe(
      '/sign-in?error=account_link_required',
    );
    expect(user['email']).toBe('hal@registrar.example');
  });

  it('knows a signing key that the provider just changed to', async () => {
    const browser = member('ida');
    expect((await browser.signIn('campus')).page).toBe('/');
    await campus.changeKeys();
    expect((await new TestBrowser(one, 'ida').signIn('campus')).page).toBe('/');
  });

  it('adds nothing to later requests: the token is as any other', async () => {
    const browser = member('jan');
    await browser.signIn('campus');
    const { accessToken } = await browser.session();
    const [, payload = ''] = accessToken.split('.');
    const names = Object.keys(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object).sort();
    expect(names).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'roles', 'sid', 'sub', 'ver']);
  });
});

describe('whom the campus says somebody is', () => {
  it('is an account of the same mail only once its owner links it', async () => {
    await one.register('kim@registrar.example');
    for (const more of [{}, { email: 'KIM@registrar.example', email_verified: false }]) {
      const browser = member('kim', more);
      expect((await browser.signIn('campus')).page).toBe('/sign-in?error=account_link_required');
      expect((await browser.web('refresh')).status).toBe(401);
    }
  });

  it('is the account with the same external id, where that waits for its owner', async () => {
    const waiting = await provision(one, {
      email: 'import@registrar.example',
      externalId: 'n-lea',
      name: 'L',
    });
    const browser = member('lea', { groups: ['staff'] });
    expect((await browser.signIn('campus')).page).toBe('/');
    const { user } = await browser.session();
    expect(user).toMatchObject({
      id: waiting.id,
      email: waiting.email,
      name: 'lea Example',
      roles: ['student', 'instructor'],
    });
    // Another person of the campus with the same number: somebody has the account.
    campus.addMember('lea-too', { email: 'lea.too@registrar.example', number: 'n-lea' });
    expect((await new TestBrowser(one, 'lea-too').signIn('campus')).page).toBe(
      '/sign-in?error=account_link_required',
    );
    expect(user['externalId']).toBe('n-lea');
  });

  it('is one account for one of two people with the same external id, who come at once', async () => {
    await provision(one, { id: 'usr_two', email: 'two@registrar.example', externalId: 'n-two' });
    const browsers = ['two-a', 'two-b'].map((sub, at) => {
      campus.addMember(sub, { email: `${sub}@registrar.example`, number: 'n-two' });
      return new TestBrowser(at === 0 ? one : other, sub);
    });
    const pages = await Promise.all(browsers.map((browser) => browser.signIn('campus')));
    expect(pages.map(({ page }) => page).sort()).toEqual(['/', '/sign-in?error=account_link_required']);
  });

  it('cannot sign in while the account is suspended', async () => {
    await provision(one, {
      id: 'usr_sus',
      email: 'sus@registrar.example',
      externalId: 'n-sus',
      status: 'suspended',
    });
    expect((await member('sus').signIn('campus')).page).toBe('/sign-in?error=account_suspended');
  });

  it('is nobody to link by a provider that is not trusted with external ids', async () => {
    await provision(one, { id: 'usr_lib', email: 'lib@registrar.example', externalId: 'n-lib' });
    library.addMember('lib', { email: 'lib.other@registrar.example', number: 'n-lib' });
    expect((await new TestBrowser(one, 'lib').signIn('library')).page).toBe('/sign-in?error=no_account');
  });

  it('is never an account with a password, whatever the external id', async () => {
    const { user } = await one.register('mia.local@registrar.example');
    const body = { externalId: 'n-mia' };
    expect((await one.call('PATCH', `/api/users/${user.id}`, { token: adminToken, body })).status).toBe(200);
    expect((await member('mia').signIn('campus')).page).toBe('/sign-in?error=account_link_required');
  });

  it('is nobody here, where the provider makes no accounts', async () => {
    library.addMember('nora', { email: 'nora@registrar.example', number: 'n-nora' });
    expect((await new TestBrowser(one, 'nora').signIn('library')).page).toBe('/sign-in?error=no_account');
  });

  it('is nobody here without a mail', async () => {
    for (const email of [undefined, 'nonsense', 17]) {
      const browser = member('olga', { email });
      expect((await browser.signIn('campus')).page).toBe('/sign-in?error=no_account');
    }
  });

  it('may have a number and names that do not fit: they are left out', async () => {
    const browser = member('pia', { number: ' ', name: 'two\nlines', given_name: 'x'.repeat(101) });
    await browser.signIn('campus');
    expect((await browser.session()).user).toMatchObject({
      name: 'Example',
      givenName: null,
      familyName: 'Example',
      externalId: null,
    });
  });
});

describe('roles of the campus', () => {
  it('come from groups, with those that were granted', async () => {
    const browser = member('quin', { groups: ['staff', 'office', 'choir'] });
    await browser.signIn('campus');
    expect((await browser.session()).user['roles']).toEqual(['student', 'instructor', 'registrar']);
  });

  it('are other ones at the next sign-in, and tokens of before end', async () => {
    const browser = member('rosa', { groups: 'office' });
    await browser.signIn('campus');
    const { user, accessToken } = await browser.session();
    const id = String(user['id']);
    expect((await one.get('/api/users', accessToken)).status).toBe(200);
    await one.call('PUT', `/api/users/${id}/roles`, {
      token: adminToken,
      body: { roles: ['student', 'instructor'] },
    });
    member('rosa', { groups: [] });
    const again = new TestBrowser(one, 'rosa');
    await again.signIn('campus');
    expect((await again.session()).user['roles']).toEqual(['student', 'instructor']);
    expect((await one.get('/api/users', accessToken)).status).toBe(401);
  });

  it('are none for a claim that is no group', async () => {
    for (const [name, groups] of [
      ['sam', { office: true }],
      ['sid', ['Office', 'office ', 7, null]],
      ['sue', 'office staff'],
      ['syd', ['__proto__', 'constructor']],
    ] as const) {
      const browser = member(name, { groups });
      await browser.signIn('campus');
      expect([groups, (await browser.session()).user['roles']]).toEqual([groups, ['student']]);
    }
  });
});

describe('the pages on the way', () => {
  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    'courses',
    '',
    ' /courses',
    'javascript:alert(1)',
    '/courses\r\nset-cookie: a=b',
  ])('are ours alone: %j is refused', async (returnTo) => {
    const answer = await one.get(`/api/auth/oidc/campus/start?returnTo=${encodeURIComponent(returnTo)}`);
    expect([answer.status, answer.json?.['code'], answer.headers['set-cookie']]).toEqual([
      422,
      'validation_failed',
      undefined,
    ]);
  });

  it.each([
    ['/.//evil.example', '/.//evil.example'],
    ['/@evil.example', '/@evil.example'],
    ['/vorlesungen/prüfung', '/vorlesungen/pr%C3%BCfung'],
    ['/%0d%0aset-cookie:a', '/%0d%0aset-cookie:a'],
    [`/${'ü'.repeat(400)}`, '/'],
  ])('%j is one of ours, and stays so', async (returnTo, location) => {
    const { last } = await member('tom').signIn('campus', returnTo);
    expect([last.status, last.rawLocation]).toEqual([303, location]);
  });

  it('name no other provider', async () => {
    for (const path of ['start', 'callback?code=a&state=b']) {
      const answer = await one.get(`/api/auth/oidc/unknown/${path}`);
      expect([answer.status, answer.json?.['code']]).toEqual([404, 'provider_not_found']);
    }
  });

  it('lead the provider back to the public URL, whatever host was asked for', async () => {
    const answer = await one.get('/api/auth/oidc/campus/start', undefined, {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    });
    const { searchParams } = new URL(String(answer.headers['location']));
    expect(searchParams.get('redirect_uri')).toBe('http://127.0.0.1:3000/api/auth/oidc/campus/callback');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid profile email',
    });
    expect([answer.status, answer.headers['cache-control'], answer.text]).toEqual([302, 'no-store', '']);
  });

  it('are told before anybody has signed in', async () => {
    expect((await one.get('/api/campus')).json?.['signIn']).toEqual([
      { id: 'password', kind: 'password', name: 'Password' },
      { id: 'campus', kind: 'oidc', name: 'Sign in by campus' },
      { id: 'library', kind: 'oidc', name: 'Sign in by library' },
    ]);
  });
});

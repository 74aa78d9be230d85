import { randomUUID } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Dynamo } from '@registrar/dynamodb';
import { until } from '@registrar/testing';
import { request } from 'undici';
import { TestCampus, publicUrl } from '../../../testing/campus-provider.ts';
import { GatewaySystem } from '../../../testing/gateway-system.ts';
import { LyingProvider } from '../../../testing/lying-provider.ts';
import type { TokenLie } from '../../../testing/lying-provider.ts';
import type { RunningGateway } from '../../../testing/running-gateway.ts';
import { TestBrowser } from '../../../testing/test-browser.ts';

const system = new GatewaySystem();
const campus = new TestCampus('campus');
const silent = new TestCampus('silent');
const liar = new LyingProvider();
let one: RunningGateway;
let other: RunningGateway;

beforeAll(async () => {
  await Promise.all([system.prepare(), campus.start(), silent.start(), liar.start()]);
  const providers = [
    campus.settings({ signUp: true, logout: true }),
    silent.settings({ signUp: true }),
    liar.settings({ logout: true }),
  ];
  const env = { OIDC_PROVIDERS: JSON.stringify(providers) };
  [one, other] = await Promise.all([system.start(env), system.start(env)]);
  await campus.tellLogoutTo(one.url);
});
beforeEach(() => {
  liar.lies.clear();
  liar.tokenLie = {};
});
afterAll(() => Promise.all([system.close(), campus.stop(), silent.stop(), liar.stop()]));

function member(provider: TestCampus, sub: string, gateway = one): TestBrowser {
  provider.addMember(sub, { email: `${sub}@registrar.example`, name: sub });
  return new TestBrowser(gateway, sub);
}

/** Answers the page of the real provider that asks whether somebody really wants to sign out. */
async function confirmLogout(browser: TestBrowser, page: string) {
  const xsrf = /name="xsrf" value="(\w+)"/.exec(page)?.[1] ?? '';
  return browser.open(`${campus.issuer}/session/end/confirm`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ xsrf, logout: 'yes' }).toString(),
  });
}

async function isOver(browser: TestBrowser, accessToken: string): Promise<void> {
  await until(async () => (await other.get('/api/auth/me', accessToken)).status === 401, 1_000);
  expect((await one.get('/api/auth/me', accessToken)).status).toBe(401);
  expect((await browser.web('refresh')).status).toBe(401);
}

describe('signing out', () => {
  it('leads to the provider, which leads back to the sign-in page', async () => {
    const browser = member(campus, 'ada');
    await browser.signIn('campus');
    const { json } = await browser.web('logout');
    const url = new URL(String(json['logoutUrl']));
    expect(url.href.startsWith(`${campus.issuer}/session/end?`)).toBe(true);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${publicUrl}/sign-in`);
    expect(url.searchParams.get('id_token_hint')).toMatch(/^ey.*\..*\./);
    const { location } = await confirmLogout(browser, (await browser.open(url.href)).text);
    expect(location).toBe(`${publicUrl}/sign-in`);
    expect((await browser.web('refresh')).status).toBe(401);
  });

  it('keeps the ID token so that a reader of the table cannot use it', async () => {
    const browser = member(campus, 'ben');
    await browser.signIn('campus');
    const { user } = await browser.session();
    const dynamo = one.app.get(Dynamo, { strict: false });
    const { items } = await dynamo.query<{ id: string }>({
      TableName: dynamo.tables.name('sessions'),
      IndexName: 'SessionsByUser',
      KeyConditionExpression: 'user_id = :user',
      ExpressionAttributeValues: { ':user': user['id'] },
    });
    const kept = await dynamo.get<{ campus: { idToken: string } }>('sessions', { id: items[0]?.id });
    expect(kept?.campus.idToken).toMatch(/^[\w-]{100,}$/);
  });

  it('leads nowhere else where the settings do not say so, or the session began by password', async () => {
    const browser = member(silent, 'cleo');
    await browser.signIn('silent');
    expect((await browser.web('logout')).json).toEqual({ logoutUrl: null });
    expect((await browser.web('logout')).json).toEqual({ logoutUrl: null });
  });

  it('is done here also while the provider is away', async () => {
    const gateway = await system.start({
      OIDC_PROVIDERS: JSON.stringify([liar.settings({ logout: true })]),
    });
    const browser = new TestBrowser(gateway, 'somebody');
    const start = await browser.open('/api/auth/oidc/liar/start');
    const asked = new URL(start.location ?? '').searchParams;
    liar.nonce = asked.get('nonce') ?? '';
    await browser.open(`/api/auth/oidc/liar/callback?code=a&state=${asked.get('state')}`);
    const fresh = await system.start({ OIDC_PROVIDERS: JSON.stringify([liar.settings({ logout: true })]) });
    liar.lies.set('/.well-known/openid-configuration', (_, response) => void response.writeHead(500).end());
    browser.gateway = fresh;
    expect((await browser.web('logout')).json).toEqual({ logoutUrl: null });
    expect((await browser.web('refresh')).status).toBe(401);
  });
});

describe('the real provider', () => {
  it('tells that somebody signed out elsewhere, and their session ends on every instance within a second', async () => {
    const browser = member(campus, 'dora');
    const bystander = member(campus, 'dirk');
    await browser.signIn('campus');
    await bystander.signIn('campus');
    const { accessToken } = await browser.session();
    const page = await browser.open(`${campus.issuer}/session/end?client_id=registrar`);
    await confirmLogout(browser, page.text);
    await isOver(browser, accessToken);
    expect((await bystander.web('refresh')).status).toBe(200);
  });
});

describe('a logout token', () => {
  const event = 'http://schemas.openid.net/event/backchannel-logout';

  /** Somebody who signed in by the lying provider, with a session of theirs there. */
  async function signedIn(sub: string, sid?: string) {
    const browser = new TestBrowser(one, sub);
    const start = await browser.open('/api/auth/oidc/liar/start');
    const asked = new URL(start.location ?? '').searchParams;
    liar.nonce = asked.get('nonce') ?? '';
    liar.tokenLie = { claims: { sub, email: `${sub}@registrar.example`, ...(sid !== undefined && { sid }) } };
    await browser.open(`/api/auth/oidc/liar/callback?code=a&state=${asked.get('state')}`);
    return { browser, accessToken: (await browser.session()).accessToken };
  }

  function token(claims: Record<string, unknown>, lie: TokenLie = {}): Promise<string> {
    const { iss, aud, iat, exp } = liar.claims();
    const base = { iss, aud, iat, exp, jti: randomUUID(), events: { [event]: {} } };
    return liar.sign({ ...base, ...claims } as JWTPayload, {
      ...lie,
      header: { typ: 'logout+jwt', ...lie.header },
    });
  }

  async function send(body: string, gateway = one, type = 'application/x-www-form-urlencoded') {
    const answer = await request(`${gateway.url}/api/auth/oidc/liar/backchannel-logout`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  }

  const form = (logoutToken: string) => new URLSearchParams({ logout_token: logoutToken }).toString();

  it('ends all sessions of a subject', async () => {
    const [first, second, bystander] = [
      await signedIn('emil', 's-1'),
      await signedIn('emil'),
      await signedIn('fay', 's-3'),
    ];
    const answer = await send(form(await token({ sub: 'emil' })));
    expect([answer.status, answer.text, answer.headers['cache-control']]).toEqual([200, '', 'no-store']);
    await isOver(first.browser, first.accessToken);
    await isOver(second.browser, second.accessToken);
    expect((await bystander.browser.web('refresh')).status).toBe(200);
  });

  it('ends the sessions that began in one of the provider, by its sid alone or with the subject', async () => {
    for (const sub of [undefined, 'gus']) {
      const sid = randomUUID();
      const meant = await signedIn('gus', sid);
      const elsewhere = await signedIn('gus', randomUUID());
      expect((await send(form(await token({ sid, ...(sub !== undefined && { sub }) })))).status).toBe(200);
      await isOver(meant.browser, meant.accessToken);
      expect((await elsewhere.browser.web('refresh')).status).toBe(200);
    }
  });

  it('does not end the session of another subject', async () => {
    const sid = randomUUID();
    const { browser } = await signedIn('hal', sid);
    expect((await send(form(await token({ sid, sub: 'another' })))).status).toBe(200);
    expect((await browser.web('refresh')).status).toBe(200);
  });

  it('is good for a subject who was never here', async () => {
    expect((await send(form(await token({ sub: 'unknown' })))).status).toBe(200);
  });

  it('works once', async () => {
    const sent = form(await token({ sub: 'ida' }));
    expect((await send(sent)).status).toBe(200);
    const { browser } = await signedIn('ida');
    for (const gateway of [one, other]) expect((await send(sent, gateway)).status).toBe(400);
    expect((await browser.web('refresh')).status).toBe(200);
  });

  const seconds = () => Math.floor(Date.now() / 1_000);
  it.each<[string, Record<string, unknown>, TokenLie?]>([
    ['is of another type', {}, { header: { typ: 'JWT' } }],
    ['is an ID token', { nonce: 'a', events: undefined }, { header: { typ: undefined } }],
    ['has a nonce', { nonce: 'a' }],
    ['has no event', { events: undefined }],
    ['has another event', { events: { 'urn:other': {} } }],
    ['has an event that is none', { events: { [event]: true } }],
    ['has no id', { jti: undefined }],
    ['names nobody', { sub: undefined }],
    ['is of another issuer', { iss: 'https://evil.example' }],
    ['is for another client', { aud: 'another' }],
    ['has expired', { exp: seconds() - 60 }],
    ['never expires', { exp: undefined }],
    ['is old', { iat: seconds() - 600, exp: seconds() + 600 }],
    ['is of the future', { iat: seconds() + 600, exp: seconds() + 900 }],
    ['says no time', { iat: undefined }],
    [
      'is signed with our secret',
      {},
      { header: { alg: 'HS256' }, key: new TextEncoder().encode(liar.clientSecret) },
    ],
    ['is not signed', {}, { text: (text) => text.replace(/[^.]+$/, '') }],
    [
      'is of the algorithm none',
      {},
      {
        text: (text) =>
          `${Buffer.from('{"alg":"none","typ":"logout+jwt"}').toString('base64url')}.${text.split('.')[1]}.`,
      },
    ],
    ['is signed by an unknown key', {}, { header: { kid: 'two' } }],
  ])('that %s is refused', async (_, claims, lie) => {
    const { browser } = await signedIn('jan');
    const answer = await send(form(await token({ sub: 'jan', ...claims }, lie)));
    expect([answer.status, answer.text]).toEqual([400, '{"error":"invalid_request"}']);
    expect((await browser.web('refresh')).status).toBe(200);
  });

  it('must be the only one, in a form of a few KB', async () => {
    const good = await token({ sub: 'kim' });
    expect((await send(`${form(good)}&${form(good)}`)).status).toBe(400);
    expect((await send('')).status).toBe(400);
    expect((await send('a=b')).status).toBe(400);
    expect((await send(JSON.stringify({ logout_token: good }), one, 'application/json')).status).toBe(415);
    expect((await send(`${form(good)}&padding=${'x'.repeat(70_000)}`)).status).toBe(413);
    expect((await send(form(good), one, 'application/x-www-form-urlencoded; charset=utf-8')).status).toBe(
      200,
    );
  });
});

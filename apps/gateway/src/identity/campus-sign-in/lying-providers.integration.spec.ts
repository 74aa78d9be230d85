import type { ServerResponse } from 'node:http';
import { generateKeyPair } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort, until } from '@registrar/testing';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import { LyingProvider } from '../../testing/lying-provider.ts';
import type { TokenLie } from '../../testing/lying-provider.ts';
import { goodPassword } from '../../testing/running-gateway.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { TestBrowser } from '../../testing/test-browser.ts';
import type { PageAnswer } from '../../testing/test-browser.ts';

const system = new GatewaySystem();
const liar = new LyingProvider();
let one: RunningGateway;
let other: RunningGateway;
let downPort: number;

const callbackPath = '/api/auth/oidc/liar/callback';

beforeAll(async () => {
  downPort = await freePort();
  await Promise.all([system.prepare(), liar.start()]);
  const down = { ...liar.settings(), id: 'down', issuer: `http://127.0.0.1:${downPort}` };
  const env = { OIDC_PROVIDERS: JSON.stringify([liar.settings(), down]) };
  [one, other] = await Promise.all([system.start(env), system.start(env)]);
});
beforeEach(() => {
  liar.lies.clear();
  liar.tokenLie = {};
});
afterAll(() => Promise.all([system.close(), liar.stop()]));

/** Goes to the provider and comes back with a code. */
async function attempt(change: (back: URL, browser: TestBrowser) => void = () => undefined, gateway = one) {
  const browser = new TestBrowser(gateway, 'somebody');
  const start = await browser.open('/api/auth/oidc/liar/start');
  const asked = new URL(start.location ?? '').searchParams;
  liar.nonce = asked.get('nonce') ?? '';
  const back = new URL(`http://127.0.0.1:3000${callbackPath}`);
  back.searchParams.set('code', 'a code');
  back.searchParams.set('state', asked.get('state') ?? '');
  change(back, browser);
  return { browser, back, answer: await browser.open(back.href) };
}

function outcome({ status, rawLocation, setCookies }: PageAnswer): unknown[] {
  return [status, rawLocation, setCookies.some((cookie) => cookie.startsWith('registrar=ses_'))];
}

const refusedWith = (code: string) => [303, `/sign-in?error=${code}`, false];

describe('an honest answer', () => {
  it('signs in', async () => {
    expect(outcome((await attempt()).answer)).toEqual([303, '/', true]);
  });

  it('has parameters that nobody knows, which are ignored', async () => {
    const { answer } = await attempt((back) => {
      back.searchParams.set('session_state', 'a.b');
      back.searchParams.append('extra', '1');
      back.searchParams.append('extra', '2');
    });
    expect(outcome(answer)).toEqual([303, '/', true]);
  });
});

describe('an ID token', () => {
  const seconds = () => Math.floor(Date.now() / 1_000);
  const lies: [string, () => Promise<TokenLie> | TokenLie][] = [
    ['of another issuer', () => ({ claims: { iss: 'https://evil.example' } })],
    ['for another client', () => ({ claims: { aud: 'another' } })],
    ['for two, of which another asked', () => ({ claims: { aud: ['registrar', 'b'], azp: 'b' } })],
    ['of another attempt', () => ({ claims: { nonce: 'another' } })],
    ['without a nonce', () => ({ claims: { nonce: undefined } })],
    ['without a subject', () => ({ claims: { sub: undefined } })],
    ['with a subject of any length', () => ({ claims: { sub: 'x'.repeat(256) } })],
    ['that expired', () => ({ claims: { exp: seconds() - 120, iat: seconds() - 240 } })],
    ['that never expires', () => ({ claims: { exp: undefined } })],
    ['that is good later', () => ({ claims: { nbf: seconds() + 600 } })],
    ['signed by another key', async () => ({ key: (await generateKeyPair('RS256')).privateKey })],
    ['signed by a key that the provider does not have', () => ({ header: { kid: 'two' } })],
    [
      'signed with our secret',
      () => ({ header: { alg: 'HS256' }, key: new TextEncoder().encode(liar.clientSecret) }),
    ],
    ['signed with the public key', () => ({ header: { alg: 'HS256' }, key: liar.publicText })],
    ['without a signature', () => ({ text: (token) => token.replace(/[^.]+$/, '') })],
    ['with another signature', () => ({ text: (token) => token.replace(/.{6}$/, 'AAAAAA') })],
    [
      'of the algorithm none',
      () => ({
        text: (token) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`,
      }),
    ],
    [
      'with claims that were changed',
      () => ({
        text: (token) => {
          const [header, , signature] = token.split('.');
          const payload = Buffer.from(JSON.stringify({ ...liar.claims(), sub: 'another' })).toString(
            'base64url',
          );
          return [header, payload, signature].join('.');
        },
      }),
    ],
    ['that is no token', () => ({ text: () => 'nonsense' })],
  ];

  it.each(lies)('%s is refused', async (_, lie) => {
    liar.tokenLie = await lie();
    expect(outcome((await attempt()).answer)).toEqual(refusedWith('provider_refused'));
  });

  it('with a number for a subject is refused', async () => {
    liar.tokenLie = { claims: { sub: 17 as unknown as string } };
    expect(outcome((await attempt()).answer)).toEqual(refusedWith('provider_refused'));
  });
});

describe('an attempt', () => {
  it('counts once: not again with its cookie kept, on no instance', async () => {
    const { browser, back, answer } = await attempt();
    expect(outcome(answer)[1]).toBe('/');
    expect(outcome(await browser.open(back.href))).toEqual(refusedWith('sign_in_expired'));
    let kept = '';
    const replayed = await attempt((_, each) => {
      kept = each.cookiesFor('http://127.0.0.1:3000', callbackPath);
    });
    for (const gateway of [one, other]) {
      const thief = new TestBrowser(gateway, 'somebody');
      const again = await thief.open(replayed.back.href, { headers: { cookie: kept } });
      expect(outcome(again)).toEqual(refusedWith('sign_in_expired'));
    }
  });

  it('counts once also where it comes twice at the same moment', async () => {
    const browser = new TestBrowser(one, 'somebody');
    const start = await browser.open('/api/auth/oidc/liar/start');
    const asked = new URL(start.location ?? '').searchParams;
    liar.nonce = asked.get('nonce') ?? '';
    const url = `${callbackPath}?code=a&state=${asked.get('state')}`;
    const cookie = browser.cookiesFor('http://127.0.0.1:3000', callbackPath);
    const answers = await Promise.all(
      [one, other, one, other].map((gateway) =>
        new TestBrowser(gateway, 'somebody').open(url, { headers: { cookie } }),
      ),
    );
    expect(answers.map((answer) => outcome(answer)[1]).sort()).toEqual([
      '/',
      ...Array<string>(3).fill('/sign-in?error=sign_in_expired'),
    ]);
  });

  it('belongs to the browser that began it', async () => {
    const { back } = await attempt((url) => url.searchParams.set('state', 'x'));
    const start = await new TestBrowser(one, 'somebody').open('/api/auth/oidc/liar/start');
    back.searchParams.set('state', new URL(start.location ?? '').searchParams.get('state') ?? '');
    expect(outcome(await new TestBrowser(one, 'other').open(back.href))).toEqual(
      refusedWith('sign_in_expired'),
    );
  });

  it.each([
    ['no state', (back: URL) => back.searchParams.delete('state')],
    ['an empty state', (back: URL) => back.searchParams.set('state', '')],
    ['a state that is none', (back: URL) => back.searchParams.set('state', 'nonsense')],
    ['a state twice', (back: URL) => back.searchParams.append('state', 'another')],
    ['another state', (back: URL) => back.searchParams.set('state', `aaaaaaaa.${'b'.repeat(32)}`)],
    [
      'the right cookie, but another secret',
      (back: URL) =>
        back.searchParams.set('state', `${back.searchParams.get('state')?.slice(0, 9)}${'b'.repeat(32)}`),
    ],
  ])('with %s is expired', async (_, change) => {
    expect(outcome((await attempt(change)).answer)).toEqual(refusedWith('sign_in_expired'));
  });

  it('cannot be forged, nor moved to another state or provider', async () => {
    const { browser, back } = await attempt((url) => url.searchParams.set('state', ''));
    const [pair = ''] = browser.cookiesFor('http://127.0.0.1:3000', callbackPath).split('; ');
    const [name = '', value = ''] = pair.split('=');
    const state = `${name.slice(-8)}.${'b'.repeat(32)}`;
    back.searchParams.set('state', state);
    for (const forged of [
      '',
      'nonsense',
      Buffer.from('{}').toString('base64url'),
      `${value.slice(0, -4)}AAAA`,
      value.slice(0, 20),
      Buffer.from(
        JSON.stringify({ provider: 'liar', state, nonce: 'n', verifier: 'v', returnTo: '/' }),
      ).toString('base64url'),
    ]) {
      const thief = new TestBrowser(one, 'somebody');
      const answer = await thief.open(back.href, { headers: { cookie: `${name}=${forged}` } });
      expect(outcome(answer)).toEqual(refusedWith('sign_in_expired'));
    }
    const moved = await attempt((url) => {
      url.pathname = '/api/auth/oidc/down/callback';
    });
    expect(outcome(moved.answer)).toEqual(refusedWith('sign_in_expired'));
  });

  it.each([
    ['access_denied', 'provider_refused'],
    ['invalid_request', 'provider_refused'],
    ['<script>', 'provider_refused'],
    ['server_error', 'provider_unavailable'],
    ['temporarily_unavailable', 'provider_unavailable'],
  ])('that comes back with the error %s is %s', async (error, code) => {
    const { answer } = await attempt((back) => {
      back.searchParams.delete('code');
      back.searchParams.set('error', error);
    });
    expect(outcome(answer)).toEqual(refusedWith(code));
  });

  it('without a code, with two, or of another issuer is refused', async () => {
    for (const change of [
      (back: URL) => back.searchParams.delete('code'),
      (back: URL) => back.searchParams.append('code', 'another'),
      (back: URL) => back.searchParams.set('iss', 'https://evil.example'),
    ])
      expect(outcome((await attempt(change)).answer)).toEqual(refusedWith('provider_refused'));
  });
});

describe('a provider', () => {
  const answer =
    (status: number, body: unknown, headers: Record<string, string> = {}) =>
    (_: unknown, response: ServerResponse) =>
      void response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
  const huge = (_: unknown, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.on('error', () => undefined);
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.on('drain', more);
    more();
  };

  it.each([
    ['/token', 'answers 500', 'provider_unavailable', answer(500, { error: 'server_error' })],
    ['/token', 'answers 503', 'provider_unavailable', answer(503, 'away')],
    ['/token', 'limits us', 'provider_unavailable', answer(429, {})],
    ['/token', 'refuses the code', 'provider_refused', answer(400, { error: 'invalid_grant' })],
    ['/token', 'refuses us', 'provider_refused', answer(401, { error: 'invalid_client' })],
    ['/token', 'answers nonsense', 'provider_refused', answer(200, 'nonsense')],
    [
      '/token',
      'gives no ID token',
      'provider_refused',
      answer(200, { access_token: 'a', token_type: 'Bearer' }),
    ],
    [
      '/token',
      'sends us elsewhere',
      'provider_refused',
      answer(302, {}, { location: 'http://127.0.0.1:1/' }),
    ],
    ['/token', 'never ends its answer', 'provider_unavailable', huge],
    ['/jwks', 'never ends its answer', 'provider_unavailable', huge],
    ['/jwks', 'answers 500', 'provider_unavailable', answer(500, {})],
    ['/jwks', 'has no keys', 'provider_refused', answer(200, { keys: [] })],
    [
      '/token',
      'hangs up',
      'provider_unavailable',
      (_: unknown, response: ServerResponse) => void response.destroy(),
    ],
  ])('whose %s %s: %s', async (path, _, code, lie) => {
    liar.lies.set(path, lie as never);
    expect(outcome((await attempt()).answer)).toEqual(refusedWith(code));
  });

  it('that takes more than 5 s is away', async () => {
    liar.lies.set('/token', () => undefined);
    const since = Date.now();
    expect(outcome((await attempt()).answer)).toEqual(refusedWith('provider_unavailable'));
    expect(Date.now() - since).toBeLessThan(7_000);
  }, 20_000);

  it('that is down leads to the sign-in page, at once the second time, and stops no other way to sign in', async () => {
    for (let at = 0; at < 3; at += 1) {
      const started = await new TestBrowser(one, 'a').open('/api/auth/oidc/down/start');
      expect([started.status, started.rawLocation, started.setCookies]).toEqual([
        302,
        '/sign-in?error=provider_unavailable',
        [],
      ]);
    }
    expect(outcome((await attempt()).answer)[1]).toBe('/');
    await one.register('sign.in@registrar.example');
    expect((await one.signIn('sign.in@registrar.example', goodPassword)).user).toBeDefined();
  });
});

describe('discovery', () => {
  const path = '/.well-known/openid-configuration';

  it.each([
    ['is slow', () => undefined],
    [
      'names another issuer',
      (_: unknown, response: ServerResponse) =>
        void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"issuer":"https://evil.example"}'),
    ],
    ['fails', (_: unknown, response: ServerResponse) => void response.writeHead(500).end()],
  ])(
    'that %s leads to the sign-in page, and is tried again later',
    async (_, lie) => {
      liar.lies.set(path, lie as never);
      const gateway = await system.start({ OIDC_PROVIDERS: JSON.stringify([liar.settings()]) });
      const started = await gateway.get('/api/auth/oidc/liar/start');
      expect([started.status, started.headers['location']]).toEqual([
        302,
        '/sign-in?error=provider_unavailable',
      ]);
      liar.lies.clear();
      await until(async () => {
        const { headers } = await gateway.get('/api/auth/oidc/liar/start');
        return String(headers['location']).startsWith(liar.issuer);
      }, 5_000);
    },
    20_000,
  );

  it('is done once for many who come at the same moment', async () => {
    let asked = 0;
    liar.lies.set(path, (_, response) => {
      asked += 1;
      void response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ issuer: liar.issuer, authorization_endpoint: `${liar.issuer}/authorize` }));
    });
    const gateway = await system.start({ OIDC_PROVIDERS: JSON.stringify([liar.settings()]) });
    expect(asked).toBe(0);
    const starts = await Promise.all(
      Array.from({ length: 8 }, () => gateway.get('/api/auth/oidc/liar/start')),
    );
    expect([starts.every(({ status }) => status === 302), asked]).toEqual([true, 1]);
  });
});

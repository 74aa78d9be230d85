import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pickPorts } from '../process/ports.ts';
import { campusProvider } from './provider.ts';
import { campusUrl, oidcProviders } from './settings.ts';

const gatewayUrl = 'http://127.0.0.1:3000';
const server = createServer();
let url: string;

beforeAll(async () => {
  const { port } = await pickPorts({ port: 0 });
  const settings = { port, gatewayUrl, clientSecret: 'secret' };
  url = campusUrl(settings);
  server.on('request', campusProvider(settings));
  await new Promise<void>((resolve) => server.listen(settings.port, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const cookies = new Map<string, string>();

async function open(address: string, init: RequestInit = {}) {
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
  const answer = await fetch(new URL(address, url), {
    ...init,
    redirect: 'manual',
    headers: { ...init.headers, cookie },
  });
  for (const each of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
    cookies.set(name, value);
  }
  return { location: answer.headers.get('location') ?? '', text: await answer.text() };
}

it('shows three people, and sends the one who is chosen back to the gateway with a code', async () => {
  const query = new URLSearchParams({
    client_id: 'registrar',
    response_type: 'code',
    scope: 'openid profile email',
    redirect_uri: `${gatewayUrl}/api/auth/oidc/campus/callback`,
    state: 'a-state',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const { location: page } = await open(`/auth?${query}`);
  const { text } = await open(page);
  expect([...text.matchAll(/name="sub" value="(\w*)"/g)].map(([, sub]) => sub)).toEqual([
    'student',
    'instructor',
    'registrar',
    '',
  ]);
  const { location: resume } = await open(page, {
    method: 'POST',
    body: new URLSearchParams({ sub: 'student' }),
  });
  const { location } = await open(resume);
  expect(location).toMatch(
    /^http:\/\/127\.0\.0\.1:3000\/api\/auth\/oidc\/campus\/callback\?code=[\w-]+&state=a-state/,
  );
});

it('is what the gateway is told', () => {
  expect(JSON.parse(oidcProviders({ port: 3090, gatewayUrl, clientSecret: 'secret' }))).toMatchObject([
    { id: 'campus', issuer: 'http://127.0.0.1:3090', clientSecret: 'secret', signUp: true },
  ]);
});

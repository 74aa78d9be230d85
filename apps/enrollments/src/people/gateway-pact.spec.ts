import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServiceTokens } from '@registrar/auth';
import { enrollmentsPact, pactState } from '@registrar/contracts-gateway';
import type { ServiceConfig } from '@registrar/service';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EnrollmentsConfig } from '../enrollments.config.ts';
import { GatewayPeople } from './gateway-people.ts';

const pact = enrollmentsPact;
const asked: { method: string | undefined; path: string | undefined }[] = [];
/** Answers exactly as the pact says. */
const provider = createServer(({ method, url: path }, response) => {
  asked.push({ method, path });
  const agreed = Object.values(pact).find((each) => each.path === path && each.method === method);
  response.writeHead(agreed?.status ?? 500).end(JSON.stringify(agreed?.answer ?? {}));
});
let client: GatewayPeople;

beforeEach(async () => {
  asked.length = 0;
  provider.listen(0, '127.0.0.1');
  await once(provider, 'listening');
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const tokens = new ServiceTokens(
    { SERVICE_TOKEN_SECRET: 'a secret of the tests that is long enough' } as ServiceConfig,
    'enrollments',
  );
  client = new GatewayPeople(tokens, { GATEWAY_URL: [url] } as EnrollmentsConfig);
});

afterEach(async () => {
  await client.onApplicationShutdown();
  provider.close();
  await once(provider, 'close');
});

function agreed({ method, path }: (typeof pact)[keyof typeof pact]) {
  return [{ method, path }];
}

it('asks for a person by id as agreed with the gateway, and understands the answer', async () => {
  expect(await client.byId(pactState.userId)).toEqual(pact.byId.answer);
  expect(asked).toEqual(agreed(pact.byId));
});

it('understands that nobody has an id', async () => {
  expect(await client.byId('usr_unknownunknownunkno')).toBeUndefined();
  expect(asked).toEqual(agreed(pact.unknownId));
});

it('asks for a person by mail address as agreed with the gateway, and understands the answer', async () => {
  expect(await client.byEmail(pactState.email)).toEqual(pact.byEmail.answer);
  expect(asked).toEqual(agreed(pact.byEmail));
});

it('understands that nobody has a mail address', async () => {
  expect(await client.byEmail('nobody@registrar.example')).toBeUndefined();
  expect(asked).toEqual(agreed(pact.unknownEmail));
});

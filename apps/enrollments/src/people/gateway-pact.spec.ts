import { ServiceTokens } from '@registrar/auth';
import { enrollmentsPact, pactState } from '@registrar/contracts-gateway';
import type { ServiceConfig } from '@registrar/service';
import { PactProvider } from '@registrar/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EnrollmentsConfig } from '../enrollments.config.ts';
import { GatewayPeople } from './gateway-people.ts';

const pact = enrollmentsPact;
let provider: PactProvider;
let client: GatewayPeople;

beforeEach(async () => {
  provider = await PactProvider.start(pact);
  const tokens = new ServiceTokens(
    { SERVICE_TOKEN_SECRET: 'a secret of the tests that is long enough' } as ServiceConfig,
    'enrollments',
  );
  client = new GatewayPeople(tokens, { GATEWAY_URL: [provider.url] } as EnrollmentsConfig);
});

afterEach(async () => {
  await client.onApplicationShutdown();
  await provider.stop();
});

it('asks for a person by id as agreed with the gateway, and understands the answer', async () => {
  expect(await client.byId(pactState.userId)).toEqual(pact.byId.answer);
  expect(provider.asked).toEqual([PactProvider.askedAs(pact.byId)]);
});

it('understands that nobody has an id', async () => {
  expect(await client.byId('usr_unknownunknownunkno')).toBeUndefined();
  expect(provider.asked).toEqual([PactProvider.askedAs(pact.unknownId)]);
});

it('asks for a person by mail address as agreed with the gateway, and understands the answer', async () => {
  expect(await client.byEmail(pactState.email)).toEqual(pact.byEmail.answer);
  expect(provider.asked).toEqual([PactProvider.askedAs(pact.byEmail)]);
});

it('understands that nobody has a mail address', async () => {
  expect(await client.byEmail('nobody@registrar.example')).toBeUndefined();
  expect(provider.asked).toEqual([PactProvider.askedAs(pact.unknownEmail)]);
});

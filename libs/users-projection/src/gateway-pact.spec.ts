import { ServiceTokens } from '@registrar/auth';
import { enrollmentsPact, notificationsPact, pactState } from '@registrar/contracts-gateway';
import type { ServiceConfig } from '@registrar/service';
import { PactProvider } from '@registrar/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { GatewayUsers } from './gateway-users.ts';

let provider: PactProvider;
let client: GatewayUsers;

async function start(pact: Parameters<typeof PactProvider.start>[0], service: string): Promise<void> {
  provider = await PactProvider.start(pact);
  const config = { SERVICE_TOKEN_SECRET: 'a secret of the tests that is long enough' } as ServiceConfig;
  client = new GatewayUsers(new ServiceTokens(config, service), { GATEWAY_URL: [provider.url] });
}

afterEach(async () => {
  await client.onApplicationShutdown();
  await provider.stop();
});

describe.each([
  ['enrollments', enrollmentsPact],
  ['notifications', notificationsPact],
] as const)('%s', (service, pact) => {
  it('asks for a user by id as agreed with the gateway, and understands the answer', async () => {
    await start(pact, service);
    expect(await client.byId(pactState.userId)).toEqual(pact.byId.answer);
    expect(provider.asked).toEqual([PactProvider.askedAs(pact.byId)]);
  });

  it('understands that nobody has an id', async () => {
    await start(pact, service);
    expect(await client.byId('usr_unknownunknownunkno')).toBeUndefined();
    expect(provider.asked).toEqual([PactProvider.askedAs(pact.unknownId)]);
  });
});

describe('enrollments', () => {
  const pact = enrollmentsPact;

  it('asks for a user by email as agreed with the gateway, and understands the answer', async () => {
    await start(pact, 'enrollments');
    expect(await client.byEmail(pactState.email)).toEqual(pact.byEmail.answer);
    expect(provider.asked).toEqual([PactProvider.askedAs(pact.byEmail)]);
  });

  it('understands that nobody has an email', async () => {
    await start(pact, 'enrollments');
    expect(await client.byEmail('nobody@registrar.example')).toBeUndefined();
    expect(provider.asked).toEqual([PactProvider.askedAs(pact.unknownEmail)]);
  });

  it('asks for a user by external id as agreed with the gateway, and understands the answer', async () => {
    await start(pact, 'enrollments');
    expect(await client.byExternalId(pactState.externalId)).toEqual(pact.byExternalId.answer);
    expect(provider.asked).toEqual([PactProvider.askedAs(pact.byExternalId)]);
  });

  it('understands that nobody has an external id', async () => {
    await start(pact, 'enrollments');
    expect(await client.byExternalId('unknown')).toBeUndefined();
    expect(provider.asked).toEqual([PactProvider.askedAs(pact.unknownExternalId)]);
  });
});

it.each(['..', '.', 'a/b', 'usr_x?y', '', 'x'.repeat(65)])(
  'nobody is asked for by %j, which is no id and could be another path',
  async (id) => {
    await start(enrollmentsPact, 'enrollments');
    expect(await client.byId(id)).toBeUndefined();
    expect(provider.asked).toEqual([]);
  },
);

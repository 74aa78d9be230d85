import { ServiceTokens } from '@registrar/auth';
import { notificationsPact, pactState } from '@registrar/contracts-gateway';
import type { ServiceConfig } from '@registrar/service';
import { PactProvider } from '@registrar/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NotificationsConfig } from '../notifications.config.ts';
import { GatewayMailsClient } from './gateway-mails.client.ts';

const pact = notificationsPact;
let provider: PactProvider;
let client: GatewayMailsClient;

beforeEach(async () => {
  provider = await PactProvider.start(pact);
  const tokens = new ServiceTokens(
    { SERVICE_TOKEN_SECRET: 'a secret of the tests that is long enough' } as ServiceConfig,
    'notifications',
  );
  client = new GatewayMailsClient({ GATEWAY_URL: [provider.url] } as NotificationsConfig, tokens);
});

afterEach(async () => {
  await client.onApplicationShutdown();
  await provider.stop();
});

it('asks for the link of a reset as agreed with the gateway, and understands the answer', async () => {
  expect(await client.linkOf(pactState.resetId)).toEqual(pact.link.answer);
  expect(provider.asked).toEqual([PactProvider.askedAs(pact.link)]);
});

it('understands that there is no such reset', async () => {
  expect(await client.linkOf('rst_unknownunknownunkno')).toBeUndefined();
  expect(provider.asked).toEqual([PactProvider.askedAs(pact.unknownReset)]);
});

it('asks what a mail about an account says as agreed with the gateway, and understands the answer', async () => {
  expect(await client.accountMail(pactState.confirmationId)).toEqual(pact.confirmationMail.answer);
  expect(provider.asked).toEqual([PactProvider.askedAs(pact.confirmationMail)]);
});

it('understands that there is no such mail', async () => {
  expect(await client.accountMail('cnf_unknownunknownunkno')).toBeUndefined();
  expect(provider.asked).toEqual([PactProvider.askedAs(pact.unknownMail)]);
});

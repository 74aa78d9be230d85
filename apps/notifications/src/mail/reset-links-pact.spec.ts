import { ServiceTokens } from '@registrar/auth';
import { notificationsPact, pactState } from '@registrar/contracts-gateway';
import type { ServiceConfig } from '@registrar/service';
import { PactProvider } from '@registrar/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NotificationsConfig } from '../notifications.config.ts';
import { ResetLinksClient } from './reset-links.client.ts';

const pact = notificationsPact;
let provider: PactProvider;
let client: ResetLinksClient;

beforeEach(async () => {
  provider = await PactProvider.start(pact);
  const tokens = new ServiceTokens(
    { SERVICE_TOKEN_SECRET: 'a secret of the tests that is long enough' } as ServiceConfig,
    'notifications',
  );
  client = new ResetLinksClient({ GATEWAY_URL: [provider.url] } as NotificationsConfig, tokens);
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

import { ServiceTokens } from '@registrar/auth';
import { notificationsPact as pact, notificationsPactState as state } from '@registrar/contracts-enrollments';
import type { ServiceConfig } from '@registrar/service';
import { PactProvider } from '@registrar/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NotificationsConfig } from '../notifications.config.ts';
import { PermitNotesClient } from './permit-notes.client.ts';

let provider: PactProvider;
let client: PermitNotesClient;

const tokens = new ServiceTokens(
  { SERVICE_TOKEN_SECRET: 'a secret of the tests that is long enough' } as ServiceConfig,
  'notifications',
);

beforeEach(async () => {
  provider = await PactProvider.start(pact);
  client = new PermitNotesClient({ ENROLLMENTS_URL: [provider.url] } as NotificationsConfig, tokens);
});

afterEach(async () => {
  await client.onApplicationShutdown();
  await provider.stop();
});

it('asks for the words of a permit as agreed with enrollments, and understands the answer', async () => {
  expect(await client.noteOf(state.permitId)).toBe(pact.note.answer.note);
  expect(await client.noteOf(state.requestId)).toBe(pact.reason.answer.note);
  expect(provider.asked).toEqual([pact.note, pact.reason].map((call) => PactProvider.askedAs(call)));
});

it('has no words of a permit that is not there', async () => {
  expect(await client.noteOf('pmt_unknownunknownunkno')).toBe('');
});

it('has none where nobody said who could be asked', async () => {
  const alone = new PermitNotesClient({} as NotificationsConfig, tokens);
  expect(await alone.noteOf(state.permitId)).toBe('');
});

it('fails where it is not answered as agreed, so that the event is tried again', async () => {
  await expect(client.noteOf('pmt_broken')).rejects.toMatchObject({ status: 503 });
});

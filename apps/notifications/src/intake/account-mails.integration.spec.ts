import { accountMailRequested, accountMailTopic } from '@registrar/contracts-gateway';
import type { AccountMail } from '@registrar/contracts-gateway';
import { makeEvent } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { TestSystem, soon } from '../testing/system.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system?.close());

const link = 'https://registrar.example/confirm-email#?token=secret-of-the-link';

/** A mail that the gateway has to word, asked for. */
function requested(kind: AccountMail['kind'], email: string) {
  const mailId = newId('cnf');
  const expiresAt = new Date(Date.now() + 60_000).toISOString();
  system.around.gateway.mails.set(mailId, { kind, email, name: 'Robin Doe', link, expiresAt });
  const parts = { id: newId('evt'), subject: mailId, time: new Date() };
  const event = makeEvent(accountMailRequested, { ...parts, data: { mailId, expiresAt } });
  return { key: parts.id, event };
}

it('a mail that the gateway words goes out once, with its link, to somebody who has no account', async () => {
  const waiting = requested('confirm_email', 'waiting@registrar.example');
  const owner = requested('email_taken', 'owner@registrar.example');
  await system.around.publish(accountMailTopic.name, [waiting, waiting, owner]);
  await vi.waitFor(() => {
    for (const email of ['waiting@registrar.example', 'owner@registrar.example'])
      expect(system.around.smtp.to(email)).toHaveLength(1);
  }, soon);
  const [mail] = system.around.smtp.to('waiting@registrar.example');
  expect(mail?.raw).toMatch(/^Subject: Confirm your email\r?$/m);
  expect(system.around.smtp.to('owner@registrar.example')[0]?.raw).toMatch(
    /^Subject: You have an account already\r?$/m,
  );
});

it('a mail with nothing to say any more is not sent, and holds up no other', async () => {
  const used = requested('confirm_email', 'used@registrar.example');
  system.around.gateway.mails.delete(used.event.data.mailId);
  const next = requested('sign_in_link', 'next@registrar.example');
  await system.around.publish(accountMailTopic.name, [used, next]);
  await vi.waitFor(() => expect(system.around.smtp.to('next@registrar.example')).toHaveLength(1), soon);
  expect(system.around.smtp.to('used@registrar.example')).toEqual([]);
});

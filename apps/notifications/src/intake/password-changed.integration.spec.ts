import { sessionRevoked, sessionTopic } from '@registrar/contracts-gateway';
import type { SessionEventData } from '@registrar/contracts-gateway';
import { makeEvent } from '@registrar/messaging';
import { newId } from '@registrar/service';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { TestSystem, soon } from '../testing/system.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system?.close());

function ended(userId: string, reason: SessionEventData['reason'], time = new Date()) {
  const data = { userId, sessionId: null, notBefore: new Date().toISOString(), reason };
  const event = makeEvent(sessionRevoked, { id: newId('evt'), subject: userId, time, data });
  return { key: userId, event };
}

it('the owner of a password is told of its change by mail, once, and in no inbox', async () => {
  const [owner, other] = [system.student(), system.student()];
  const changed = ended(owner.id, 'password');
  await system.around.publish(sessionTopic.name, [ended(owner.id, 'logout'), ended(owner.id, 'roles')]);
  const longAgo = new Date(Date.now() - 2 * 60 * 60_000);
  await system.around.publish(sessionTopic.name, [ended(owner.id, 'password', longAgo)]);
  await system.around.publish(sessionTopic.name, [changed, changed, ended(other.id, 'password')]);
  await vi.waitFor(() => {
    for (const { email } of [owner, other]) expect(system.around.smtp.to(email)).toHaveLength(1);
  }, soon);
  expect(system.around.smtp.to(owner.email)[0]?.raw).toMatch(/^Subject: Your password was changed\r?$/m);
  expect((await system.app.inbox(owner.id)).items).toEqual([]);
});

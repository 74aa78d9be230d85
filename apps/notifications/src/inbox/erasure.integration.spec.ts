import { userErased, userTopic } from '@registrar/contracts-gateway';
import { makeEvent } from '@registrar/messaging';
import { PersonalDataRegistry } from '@registrar/privacy';
import { newId } from '@registrar/service';
import { until } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { enrollmentEventOf } from '../testing/events.ts';
import { TestSystem, soon } from '../testing/system.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await TestSystem.start();
});
afterAll(() => system?.close());

async function erase(userId: string): Promise<void> {
  const data = { userId, erasureId: newId('era'), version: 9 };
  const event = makeEvent(userErased, { id: newId('evt'), subject: userId, time: new Date(), data });
  await system.around.publish(userTopic.name, [{ key: userId, event }]);
  const path = `/internal/erasures/${data.erasureId}/services/notifications`;
  await until(() => system.around.gateway.asked.includes(path), 20_000);
}

describe('the inbox of an erased person', () => {
  it('is empty, with the preferences at their defaults, and takes nothing that comes later', async () => {
    const { id, email } = system.student();
    const body = { email: { enrollment: true, waitlist: false, course: true } };
    await system.app.call(id, 'PUT', '/preferences', { body });
    await system.publish(enrollmentEventOf({ userId: id }));
    await vi.waitFor(async () => expect((await system.app.newest(id))?.email.status).toBe('sent'), soon);
    const data = system.app.app.get(PersonalDataRegistry, { strict: false });
    expect(await data.exported(id)).toMatchObject({
      notifications: [{ type: 'enrolled' }],
      preferences: [body],
    });
    const mails = system.around.smtp.to(email).length;
    await erase(id);
    expect(await system.app.inbox(id)).toEqual({ items: [], nextCursor: null, unreadCount: 0 });
    const chosen = { email: { enrollment: true, waitlist: true, course: true } };
    expect((await system.app.call(id, 'GET', '/preferences')).body).toEqual(chosen);
    const other = system.student();
    await system.publish(enrollmentEventOf({ userId: id }));
    await system.publish(enrollmentEventOf({ userId: other.id }));
    await vi.waitFor(async () => expect((await system.app.inbox(other.id)).items).toHaveLength(1), soon);
    expect((await system.app.inbox(id)).items).toEqual([]);
    expect(system.around.smtp.to(email)).toHaveLength(mails);
  });
});

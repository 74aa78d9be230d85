import { describe, expect } from 'vitest';
import { test } from '../testing/page-test.ts';
import type { Notification } from '../testing/stub-data.ts';
import { course, notification } from '../testing/stub-data.ts';

type Blocks = Notification['params']['blocks'];

/** A notification of a hold, as the service has it. */
function held(type: 'hold_placed' | 'hold_released', blocks: Blocks, changes: Partial<Notification> = {}) {
  return notification(course(), {
    id: `ntf_${type}_${blocks?.join('_')}`,
    type,
    subject: 'Hold, in words of the server',
    text: 'Text, in words of the server.',
    params: { office: 'Bursar', blocks, occurredAt: '2026-03-01T09:00:00.000Z' },
    courseId: null,
    enrollmentId: null,
    ...changes,
  });
}

const items = [
  held('hold_placed', ['enroll']),
  held('hold_placed', ['drop']),
  held('hold_placed', ['enroll', 'drop']),
  held('hold_released', ['enroll']),
  held('hold_released', ['drop']),
  held('hold_released', ['enroll', 'drop']),
];

describe('notifications of holds', () => {
  test('name the office and what is stopped, in the language of the reader, and link to no course', async ({
    portal,
  }) => {
    portal.api.campus.notifications = items;
    const page = await portal.open('/notifications', { signedIn: true, preferences: { language: 'de' } });
    const list = page.locator('main li');
    await list.first().waitFor();
    expect(await list.getByRole('heading').allTextContents()).toEqual([
      ...Array<string>(3).fill('Sperre gesetzt: Bursar'),
      ...Array<string>(3).fill('Sperre aufgehoben: Bursar'),
    ]);
    const texts = await list.locator('p').allTextContents();
    expect(texts.slice(0, 3)).toEqual([
      expect.stringMatching(/keine Kurse belegen.*Wenden Sie sich an diese Stelle: Bursar/),
      expect.stringMatching(/weder aus Kursen noch von Wartelisten austragen/),
      expect.stringMatching(/weder Kurse belegen noch sich austragen/),
    ]);
    expect(new Set(texts).size).toBe(items.length);
    expect(await list.getByRole('link').count()).toBe(0);
  });

  test('say what the server says where their values are not known', async ({ portal }) => {
    portal.api.campus.notifications = [held('hold_placed', ['enroll'], { params: {} })];
    const page = await portal.open('/notifications', { signedIn: true });
    await page.getByRole('heading', { name: 'Hold, in words of the server' }).waitFor();
    await page.getByText('Text, in words of the server.').waitFor();
  });
});

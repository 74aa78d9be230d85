import { describe, expect } from 'vitest';
import { test } from '../testing/page-test.ts';
import type { Notification } from '../testing/stub-data.ts';
import { course, notification } from '../testing/stub-data.ts';

const of = course();

/** A notification about a permit, as the service has it. */
function notified(type: 'permitted' | 'permit_declined', params: Partial<Notification['params']>) {
  return notification(of, {
    id: `ntf_${type}_${params.note ?? ''}`,
    type,
    subject: 'Permit, in words of the server',
    text: 'Text, in words of the server.',
    params: { courseCode: of.code, section: of.section, courseTitle: of.title, note: '', ...params },
    enrollmentId: null,
  });
}

describe('notifications of permits', () => {
  test('say what was said with them and until when they can be used, and link to the course', async ({
    portal,
  }) => {
    portal.api.campus.notifications = [
      notified('permitted', { note: 'Vorspiel bestanden.', expiresAt: '2027-03-03T14:05:00.000Z' }),
      notified('permitted', { expiresAt: null }),
      notified('permit_declined', { note: 'Nur im Hauptfach.' }),
    ];
    const page = await portal.open('/notifications', { signedIn: true, preferences: { language: 'de' } });
    const list = page.locator('main li');
    await list.first().waitFor();
    expect(await list.getByRole('heading').allTextContents()).toEqual([
      ...Array<string>(2).fill(`Genehmigung erteilt: ${of.code}`),
      `Anfrage abgelehnt: ${of.code}`,
    ]);
    const texts = await list.locator('p').allTextContents();
    expect(texts).toEqual([
      expect.stringMatching(/Vorspiel bestanden\. .*einmal.*3\. März 2027/),
      expect.stringMatching(/einmal/),
      expect.stringMatching(/abgelehnt\. Nur im Hauptfach\./),
    ]);
    expect(texts[1]).not.toMatch(/ {2}|null/);
    expect(await list.getByRole('link').count()).toBe(3);
  });
});

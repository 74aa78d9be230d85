import { describe, expect, it } from 'vitest';
import { categoryOf, inboxQuery, notificationTypes, preferences } from './index.ts';

describe('the notifications contract', () => {
  it('puts every kind of notification in a group of mails', () => {
    expect(Object.keys(categoryOf).sort()).toEqual([...notificationTypes].sort());
  });

  it('takes a page size from 1 to 100 and 25 when none is asked for', () => {
    expect(inboxQuery.parse({})).toEqual({ limit: 25 });
    expect(inboxQuery.parse({ limit: '100', unread: 'true' })).toEqual({ limit: 100, unread: 'true' });
    for (const limit of ['0', '101', '2.5', 'many'])
      expect(inboxQuery.safeParse({ limit }).success).toBe(false);
  });

  it.each([{}, { email: {} }, { email: { enrollment: true, waitlist: true, course: 'no' } }])(
    'refuses preferences that are not whole: %j',
    (input) => expect(preferences.safeParse(input).success).toBe(false),
  );

  it('refuses unknown preferences', () => {
    const email = { enrollment: true, waitlist: true, course: true };
    expect(preferences.safeParse({ email: { ...email, sms: true } }).success).toBe(false);
    expect(preferences.safeParse({ email, push: {} }).success).toBe(false);
    expect(preferences.safeParse({ email }).success).toBe(true);
  });
});

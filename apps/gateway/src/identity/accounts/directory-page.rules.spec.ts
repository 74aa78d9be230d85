import { describe, expect, it } from 'vitest';
import { firstByEmail } from './directory-page.rules.ts';
import { accountOf } from '../../testing/users.ts';
import { directories, itemOf } from './user.ts';

/** As it stands in the index, where a key of earlier versions may be any text. */
const account = (email: string) => ({
  ...itemOf(accountOf({ id: `usr_${email}` })),
  email,
  email_key: email,
});

const mailsOf = (pages: string[][], limit: number) => {
  const { items, isLast } = firstByEmail(
    pages.map((page) => page.map(account)),
    limit,
  );
  return { mails: items.map(({ email }) => email), isLast };
};

describe('a page of everybody', () => {
  it('is in order of mail over all partitions, and says whether somebody comes after it', () => {
    const pages = [['b@x', 'e@x'], ['a@x', 'd@x'], [], ['c@x']];
    expect(mailsOf(pages, 4)).toEqual({ mails: ['a@x', 'b@x', 'c@x', 'd@x'], isLast: false });
    expect(mailsOf(pages, 5)).toEqual({ mails: ['a@x', 'b@x', 'c@x', 'd@x', 'e@x'], isLast: true });
  });

  it('has the order of bytes, as the index has, not that of UTF-16', () => {
    expect(mailsOf([['\u{1F393}@x'], ['\uFB33@x']], 2).mails).toEqual(['\uFB33@x', '\u{1F393}@x']);
  });

  it('has somebody once who is in two partitions for a moment', () => {
    expect(mailsOf([['a@x'], ['a@x', 'b@x']], 2)).toEqual({ mails: ['a@x', 'b@x'], isLast: true });
  });

  it('is read from the partition of earlier versions too', () => {
    expect(directories).toContain('everybody');
    expect(directories).toContain(account('a@x').directory);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newestFirst } from '../enrollment/listed-enrollment.ts';
import type { ListedEnrollment } from '../enrollment/listed-enrollment.ts';
import { defaultLimit, isWholeAnswer, parseOwn, renderOwn, withChanges } from './list-body.ts';
import { ownPage } from './list-page.rules.ts';

function own(index: number, change: Partial<ListedEnrollment> = {}): ListedEnrollment {
  return {
    id: `enr_${index}`,
    userId: 'usr_a',
    courseId: `crs_${index}`,
    semesterId: index % 2 ? 'fall' : 'spring',
    courseCode: `C ${index}`,
    courseTitle: 'Course',
    credits: 3,
    status: 'enrolled',
    waitlistPosition: null,
    grade: null,
    reservation: null,
    dropOnPromotion: null,
    enrolledAt: `2027-01-01T00:00:${String(Math.floor(index / 3)).padStart(2, '0')}.000Z`,
    updatedAt: '2027-01-01T00:00:00.000Z',
    version: 1,
    ...change,
  };
}

const all = (count: number) => Array.from({ length: count }, (_, index) => own(index)).sort(newestFirst);
const noRank = () => null;

describe('the cached body', () => {
  it('is the very answer where all fits a page and nothing waits', () => {
    const body = Buffer.from(renderOwn(all(defaultLimit)));
    expect(isWholeAnswer(body)).toBe(true);
    expect(JSON.parse(body.toString())).toEqual({ items: all(defaultLimit), nextCursor: null });
  });

  it.each([
    ['there is more than a page', all(defaultLimit + 1)],
    ['something waits', [own(1, { status: 'waitlisted', ticket: 4 })]],
  ])('is not where %s', (_, enrollments) => {
    const body = Buffer.from(renderOwn(enrollments));
    expect(isWholeAnswer(body)).toBe(false);
    expect(parseOwn(body)).toEqual(enrollments);
  });

  it('takes changes in their place', () => {
    const dropped = own(1, { status: 'dropped', version: 2 });
    const added = own(9);
    expect(withChanges(all(3), [dropped, added])).toEqual(
      [added, dropped, ...all(3).filter(({ id }) => id !== dropped.id)].sort(newestFirst),
    );
  });
});

describe('ownPage', () => {
  it('shows everything once over pages of any size, newest first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 10 }), (count, limit) => {
        const found: string[] = [];
        let position: { enrolledAt: string; id: string } | null | undefined;
        do {
          const page = ownPage(
            all(count),
            { limit, semesterId: undefined, status: undefined },
            position ?? undefined,
            noRank,
          );
          found.push(...page.items.map(({ id }) => id));
          position = page.next;
        } while (position);
        expect(found).toEqual(all(count).map(({ id }) => id));
      }),
    );
  });

  it('filters, and lays the positions over', () => {
    const mixed = [own(2, { status: 'waitlisted', ticket: 7 }), own(1), own(0, { status: 'dropped' })].sort(
      newestFirst,
    );
    const page = ownPage(
      mixed,
      { limit: 25, semesterId: 'spring', status: 'waitlisted' },
      undefined,
      (courseId, ticket) => (courseId === 'crs_2' && ticket === 7 ? 3 : null),
    );
    expect(page).toEqual({ items: [{ ...own(2), status: 'waitlisted', waitlistPosition: 3 }], next: null });
  });
});

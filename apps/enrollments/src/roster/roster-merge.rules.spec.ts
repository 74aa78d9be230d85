import type { Enrollment } from '@registrar/contracts-enrollments';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oldestFirst } from '../enrollment/listed-enrollment.ts';
import type { ListedEnrollment } from '../enrollment/listed-enrollment.ts';
import { withRecent } from './roster-merge.rules.ts';

const at = (minute: number) => new Date(minute * 60_000).toISOString();

function row(
  id: string,
  minute: number,
  version = 1,
  status: Enrollment['status'] = 'enrolled',
): ListedEnrollment {
  return { id, enrolledAt: at(minute), version, status } as ListedEnrollment;
}

async function* rowsOf(rows: ListedEnrollment[]): AsyncGenerator<ListedEnrollment> {
  yield* await Promise.resolve(rows);
}

const everything = { status: undefined, after: undefined };

function merged(
  rows: ListedEnrollment[],
  recent: Enrollment[],
  part: Parameters<typeof withRecent>[2] = everything,
) {
  return Array.fromAsync(withRecent(rowsOf(rows), recent, part));
}

describe('a roster that the index is behind of', () => {
  it('has new enrollments at their place', async () => {
    expect(await merged([row('a', 1), row('c', 3)], [row('b', 2), row('d', 4)])).toEqual([
      row('a', 1),
      row('b', 2),
      row('c', 3),
      row('d', 4),
    ]);
  });

  it('shows the newer of two states, each enrollment once', async () => {
    const dropped = row('a', 1, 2, 'dropped');
    expect(await merged([row('a', 1), row('b', 2)], [dropped])).toEqual([dropped, row('b', 2)]);
    expect(await merged([dropped, row('b', 2)], [row('a', 1)])).toEqual([dropped, row('b', 2)]);
    expect(await merged([dropped], [dropped])).toEqual([dropped]);
  });

  it('moves who took the course up again to the new place', async () => {
    expect(await merged([row('a', 1, 2, 'dropped'), row('b', 2)], [row('a', 3, 3)])).toEqual([
      row('b', 2),
      row('a', 3, 3),
    ]);
  });

  it('leaves out what has left the status that is asked for, and what stands before the page', async () => {
    const part = { status: 'enrolled' as const, after: { enrolledAt: at(1), id: 'a' } };
    const recent = [row('a', 1, 2, 'enrolled'), row('b', 2, 2, 'dropped'), row('0', 1)];
    expect(await merged([row('b', 2), row('c', 3)], recent, part)).toEqual([row('c', 3)]);
  });

  it('is the roster of the newest states in order, however far behind the index is', async () => {
    const enrollments = fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[a-e]{1,2}$/),
        minute: fc.nat(5),
        changes: fc.nat(3),
        seen: fc.nat(3),
      }),
      { selector: ({ id }) => id },
    );
    await fc.assert(
      fc.asyncProperty(enrollments, async (all) => {
        const states = all.map(({ id, minute, changes }) => row(id, minute, changes + 1));
        const indexed = all
          .filter(({ seen }) => seen > 0)
          .map(({ id, minute, changes, seen }) => row(id, minute, Math.min(seen, changes + 1)))
          .sort(oldestFirst);
        expect(await merged(indexed, states)).toEqual(states.sort(oldestFirst));
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { recordOf } from '../testing/builders.ts';
import { usablePermits, withPermitGranted, withPermitUsed, withoutPermit } from './permits.rules.ts';
import { studentItem, studentRecordOf } from './student-record.codec.ts';
import type { ActivePermit } from './student-record.types.ts';

const now = '2027-01-10T08:00:00.000Z';

const permit = (id: string, change: Partial<ActivePermit> = {}): ActivePermit => ({
  id,
  courseId: 'crs_a',
  allows: ['permission_required'],
  expiresAt: null,
  grantedAt: '2027-01-01T00:00:00.000Z',
  usedAt: null,
  ...change,
});

const ids = (permits: readonly ActivePermit[]) => permits.map(({ id }) => id);

describe('permits that can be used', () => {
  it('are those of the course, unused, until the moment they end, the oldest grant first', () => {
    const permits = [
      permit('late', { grantedAt: '2027-01-03T00:00:00.000Z' }),
      permit('early'),
      permit('of another course', { courseId: 'crs_b' }),
      permit('used', { usedAt: now }),
      permit('ends now', { expiresAt: now }),
      permit('ends later', { expiresAt: '2027-01-10T08:00:00.001Z', grantedAt: '2027-01-02T00:00:00.000Z' }),
    ];
    expect(ids(usablePermits(permits, 'crs_a', now))).toEqual(['early', 'ends later', 'late']);
    expect(usablePermits([], 'crs_a', now)).toEqual([]);
  });
});

describe('a record', () => {
  const record = recordOf('usr_a', { permits: [permit('a'), permit('b')] });

  it('loses a permit that was used for a seat, and keeps one that was used to wait', () => {
    expect(ids(withPermitUsed(record, 'a', { now, keeps: false }).permits)).toEqual(['b']);
    const waits = withPermitUsed(record, 'a', { now, keeps: true });
    expect(waits.permits).toEqual([permit('a', { usedAt: now }), permit('b')]);
    expect(ids(usablePermits(waits.permits, 'crs_a', now))).toEqual(['b']);
    expect(ids(withoutPermit(waits, 'a').permits)).toEqual(['b']);
  });

  it('loses what expired unused when another is granted, but none that somebody waits by', () => {
    const past = '2027-01-02T00:00:00.000Z';
    const permits = [permit('past', { expiresAt: past }), permit('waits', { expiresAt: past, usedAt: past })];
    const granted = withPermitGranted(recordOf('usr_a', { permits }), permit('new', { grantedAt: now }));
    expect(ids(granted.permits)).toEqual(['waits', 'new']);
  });

  it('keeps its permits in its item, and has no attribute for none', () => {
    const item = studentItem(record, now);
    expect(studentRecordOf(structuredClone(item), 'usr_a').permits).toEqual(record.permits);
    const none = studentItem(recordOf('usr_a'), now);
    expect(none).not.toHaveProperty('permits');
    expect(studentRecordOf(none, 'usr_a').permits).toEqual([]);
  });
});

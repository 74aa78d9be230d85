import { describe, expect, it } from 'vitest';
import type { Permit } from './permit.rules.ts';
import { usablePermits } from './permit.rules.ts';

const permit = (changes: Partial<Permit> = {}): Permit => ({
  id: 'pmt_1',
  courseId: 'crs_1',
  userId: 'me',
  userName: null,
  userEmail: null,
  allows: ['permission_required'],
  expiresAt: null,
  note: '',
  grantedBy: 'usr_instructor',
  grantedAt: '2026-08-01T12:00:00.000Z',
  usedAt: null,
  revokedAt: null,
  ...changes,
});
const at = '2026-08-10T12:00:00.000Z';
const find = (one: Permit) => usablePermits([one], { courseId: 'crs_1', nowMs: Date.parse(at) })[0];

describe('a permit', () => {
  it('can be used in its course', () => {
    expect(find(permit())?.id).toBe('pmt_1');
    expect(find(permit({ expiresAt: '2026-08-10T12:00:00.001Z' }))?.id).toBe('pmt_1');
  });

  it.each<[string, Partial<Permit>]>([
    ['for another course', { courseId: 'crs_2' }],
    ['that was used', { usedAt: at }],
    ['that was revoked', { revokedAt: at }],
    ['that has expired', { expiresAt: at }],
  ])('%s cannot be used', (_, changes) => {
    expect(find(permit(changes))).toBeUndefined();
  });
});

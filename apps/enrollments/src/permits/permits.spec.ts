import { instructorAllows, overridableCode } from '@registrar/contracts-enrollments';
import { defineTables } from '@registrar/dynamodb';
import { describe, expect, it } from 'vitest';
import tables from '../../tables.json' with { type: 'json' };
import { recordOf } from '../enrollment/testing/builders.ts';
import { beyondRight } from './permit-access.rules.ts';
import { revokePermit } from './permit-changes.ts';
import { permitUsedAction } from '../enrollment/student-record/permit-use.ts';
import { permitItem, permitOf } from './permit.codec.ts';
import { permitRequestItem, permitRequestOf } from './permit-request.codec.ts';

const defined = defineTables('enrollments', '', tables);
const at = '2027-01-10T08:00:00.000Z';
const permit = {
  id: 'pmt_a',
  courseId: 'crs_a',
  userId: 'usr_a',
  allows: ['restricted' as const],
  expiresAt: null,
  note: '',
  grantedBy: 'usr_b',
  grantedAt: at,
};

describe('what may be allowed', () => {
  it('is a part for instructors, and all for registrars and admins', () => {
    const all = overridableCode.options;
    const beyond = beyondRight({ roles: ['student', 'instructor'] }, all);
    expect([...beyond].sort()).toEqual(
      all.filter((code) => !new Set<string>(instructorAllows).has(code)).sort(),
    );
    expect(beyondRight({ roles: ['instructor'] }, instructorAllows)).toEqual([]);
    expect(beyondRight({ roles: ['registrar'] }, all)).toEqual([]);
    expect(beyondRight({ roles: ['admin'] }, all)).toEqual([]);
  });
});

describe('items', () => {
  it('give back permits and requests as they were stored', () => {
    const expiring = { ...permit, expiresAt: at };
    for (const each of [permit, expiring])
      expect(permitOf(permitItem(each))).toEqual({ ...each, usedAt: null, revokedAt: null });
    expect(permitOf({ ...permitItem(permit), used_at: at, revoked_at: at })).toMatchObject({
      usedAt: at,
      revokedAt: at,
    });
    const request = { id: 'prq_a', courseId: 'crs_a', userId: 'usr_a', reason: 'Please.', requestedAt: at };
    for (const status of ['open', 'granted', 'declined'] as const)
      expect(permitRequestOf(permitRequestItem({ ...request, status }))).toEqual({ ...request, status });
  });
});

describe('a revocation', () => {
  it('takes the permit out of the record where it is in it, and else changes the permit alone', () => {
    const active = { ...permit, usedAt: null };
    const revoked = { revokedAt: at, revokedBy: 'usr_b' };
    const held = revokePermit(defined, recordOf('usr_a', { permits: [active] }), permit, revoked);
    expect(held.record?.permits).toEqual([]);
    const used = revokePermit(defined, recordOf('usr_a'), permit, revoked);
    expect(used).toMatchObject({ record: undefined, actions: held.actions });
  });
});

describe('a use', () => {
  it('is marked on the permit of that course while it is not revoked', () => {
    const { Update } = permitUsedAction(defined, { permitId: 'pmt_a', courseId: 'crs_a', usedAt: at });
    expect(Update).toMatchObject({
      TableName: defined.name('permits'),
      Key: { id: 'pmt_a' },
      ConditionExpression: 'course_id = :course AND attribute_not_exists(revoked_at)',
      ExpressionAttributeValues: { ':at': at, ':course': 'crs_a' },
    });
  });
});

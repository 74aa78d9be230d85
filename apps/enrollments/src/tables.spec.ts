import { defineTables } from '@registrar/dynamodb';
import type { Dynamo, TransactAction } from '@registrar/dynamodb';
import { hotIndexes } from '@registrar/testing';
import { UsersProjection } from '@registrar/users-projection';
import { describe, expect, it } from 'vitest';
import tables from '../tables.json' with { type: 'json' };
import { newId } from '@registrar/service';
import { holdItem } from './holds/hold.codec.ts';
import { permitRequestItem } from './permits/permit-request.codec.ts';
import { permitItem } from './permits/permit.codec.ts';
import { keepAnswer } from './registration/commit/kept-answer.ts';
import { commitActions } from './registration/commit/commit-actions.ts';
import { CoursePlan } from './registration/planning/course-plan.ts';
import { StudentPlan } from './registration/planning/student-plan.ts';
import { applyTransition } from './registration/planning/transition.ts';
import { parkedShard, parkedShardsOf } from './enrollment/store/pending.rules.ts';
import { campus, now, offeringOf, recordOf, seatsOf, semesterRules } from './enrollment/testing/builders.ts';

const defined = defineTables('enrollments', '', tables);
const logicalName = new Map(defined.definitions.map(({ name, logicalName: logical }) => [name, logical]));
const each = <T>(make: (at: number) => T): T[] => Array.from({ length: 1_000 }, (_, at) => make(at));

/** What a commit writes that gives a student a seat, leaves promotions and a schedule to be judged again. */
function commit(at: number, { open = true } = {}): TransactAction[] {
  const semester = semesterRules(open ? {} : { enrollmentClosesAt: now });
  const promotion = { after: 0, kept: 0 };
  const seats = seatsOf(`crs_${at}`, { waitlistedCount: 1, promotion });
  const course = new CoursePlan(seats, offeringOf(`crs_${at}`), semester);
  const own = { userId: `usr_${at}`, semesterId: 'spring', version: 1, entries: [], retryDue: true };
  const student = new StudentPlan(own, new Map(), recordOf(own.userId));
  const actor = { id: own.userId, role: 'student' } as const;
  applyTransition(course, student, campus, { to: 'enrolled', change: 'enrolled', actor, now });
  const { actions } = commitActions(defined, [course], [student], { nowMs: Date.parse(now) });
  return actions.map(({ action }) => action);
}

async function person(at: number): Promise<object> {
  let item = {};
  const put: Dynamo['put'] = ({ Item }) => {
    item = { ...Item };
    return Promise.resolve();
  };
  const user = { name: 'Ada Moss', roles: ['student' as const], createdAt: now, version: 1 };
  await new UsersProjection({ tables: defined, put } as Dynamo).save({
    id: `usr_${at}`,
    email: `ada.${at}@registrar.example`,
    externalId: `ext-${at}`,
    ...user,
  });
  return item;
}

function hold(at: number): object {
  const placed = { placedAt: now, placedBy: 'usr_r', releasedAt: null, releasedBy: null };
  const words = { office: 'Student Accounts', reason: 'A fee is open.', blocks: ['enroll' as const] };
  return holdItem({ id: newId('hld'), userId: `usr_${at}`, ...words, ...placed });
}

function permit(at: number): object {
  const asked = { id: newId('pmt'), courseId: `crs_${at}`, userId: `usr_${at}`, allows: ['hold' as const] };
  return permitItem({ ...asked, expiresAt: null, note: '', grantedBy: 'usr_r', grantedAt: now });
}

function permitRequest(at: number): object {
  const asked = { id: newId('prq'), courseId: `crs_${at}`, userId: `usr_${at}`, reason: 'Please.' };
  return permitRequestItem({ ...asked, status: 'open', requestedAt: now });
}

/** The answer to a request that a hold refused, with its reason. */
function keptRefusal(at: number): object {
  const request = { id: `key-${at}`, fingerprint: '', about: `usr_${at}` };
  const refusal = { status: 409, refusal: { code: 'hold', detail: '', members: {} } } as const;
  return { ...keepAnswer(defined, request, refusal, 0).action.Put?.Item };
}

async function written(): Promise<Record<string, object[]>> {
  const puts = each((at) => commit(at)).flatMap((actions) => actions.flatMap(({ Put }) => Put ?? []));
  const byTable = Map.groupBy(puts, ({ TableName }) => logicalName.get(TableName ?? '') ?? '');
  const items = [...byTable].map(([table, those]) => [table, those.map(({ Item }) => ({ ...Item }))]);
  const permits = { permits: each(permit), permit_requests: each(permitRequest) };
  const people = await Promise.all(each(person));
  return {
    ...Object.fromEntries(items),
    people,
    holds: each(hold),
    idempotent_requests: each(keptRefusal),
    ...permits,
  };
}

describe('the indexes of enrollments', () => {
  it('take their writes on many keys', async () => {
    expect(hotIndexes(tables, await written())).toEqual([]);
  });

  it('take the courses whose promotions wait for one semester on many keys, each of which is looked at', () => {
    const seats = each((at) => commit(at, { open: false })).flatMap((actions) =>
      actions.flatMap(({ Put }) => (Put?.TableName === defined.name('course_seats') ? { ...Put.Item } : [])),
    );
    const parked = { tables: tables.tables.filter(({ name }) => name === 'course_seats') };
    expect(hotIndexes(parked, { course_seats: seats })).toEqual([]);
    const keys = new Set(seats.map((item) => (item as { pending_shard?: string }).pending_shard));
    expect(parkedShardsOf('spring')).toEqual(expect.arrayContaining([...keys]));
    expect(keys).toContain(parkedShard('spring', 'crs_1'));
  });

  it('are looked at under the one key, too, that earlier versions parked a semester under', () => {
    expect(parkedShardsOf('spring')).toContain('semester:spring');
  });
});

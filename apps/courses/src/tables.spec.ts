import { defineTables } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { outboxAction } from '@registrar/messaging';
import { hotIndexes } from '@registrar/testing';
import { expect, it } from 'vitest';
import { eventEntry } from './changes/course-events.ts';
import { CourseChangeStore } from './changes/course-change.store.ts';
import { attributesOf } from './catalogue/course.codec.ts';
import { tables } from './courses.module.ts';
import { SemesterChangeStore } from './semesters/semester-change.store.ts';
import { courseState } from './testing/courses.ts';
import { semesterState } from './testing/semesters.ts';

const defined = defineTables('courses', '', tables);
const each = <T>(make: (at: number) => T): T[] => Array.from({ length: 1_000 }, (_, at) => make(at));

/** A course whose change is on its way; each in another semester. */
function changeOf(at: number) {
  const state = courseState({ id: `crs_${at}`, semesterId: `semester-${at}` });
  return { token: `t${at}`, change: 'updated' as const, state, actorId: 'usr_a', leasedUntil: at };
}

/** What a store writes with a pending change: the place of the thing on its index of pending changes. */
async function pending(begin: (dynamo: never) => Promise<unknown>): Promise<object> {
  let written: TransactAction[] = [];
  const dynamo = {
    tables: defined,
    transact: (actions: TransactAction[]) => Promise.resolve(void (written = actions)),
  };
  await begin(dynamo as never);
  const values = written[0]?.Update?.ExpressionAttributeValues ?? {};
  return { pending_shard: values[':shard'] as string, pending_at: values[':at'] as number };
}

const nothing = undefined as never;

function pendingCourse(at: number): Promise<object> {
  return pending((dynamo) =>
    new CourseChangeStore(dynamo, nothing, nothing, nothing, nothing, nothing, nothing, nothing).begin(
      changeOf(at),
      1,
    ),
  );
}

function pendingSemester(at: number): Promise<object> {
  const state = semesterState({ id: `semester-${at}` });
  return pending((dynamo) =>
    new SemesterChangeStore(dynamo, nothing, nothing, nothing, nothing).begin(
      { token: `t${at}`, state, actorId: 'usr_a', leasedUntil: at },
      undefined,
    ),
  );
}

it('every index of courses takes its writes on many keys', async () => {
  const courses = await Promise.all(
    each(async (at) => ({ ...attributesOf(changeOf(at).state), ...(await pendingCourse(at)) })),
  );
  const outbox = each((at) => ({ ...outboxAction(defined, eventEntry(changeOf(at))).Put?.Item }));
  const semesters = await Promise.all(each(pendingSemester));
  expect(hotIndexes(tables, { courses, outbox, semesters })).toEqual([]);
});

import { isDeepStrictEqual } from 'node:util';
import { Dynamo } from '@registrar/dynamodb';
import type { BatchKey, TransactAction } from '@registrar/dynamodb';
import { AfterCommit } from '../registration/commit/after-commit.ts';
import type { DeferredWorkEvents } from '../registration/commit/deferred-work.events.ts';
import type { EnrollmentsSystem } from './enrollments-system.ts';

/** Has an instance commit without any condition: what keeps seats apart is gone, and every suite must notice. */
export function withoutConditions(system: EnrollmentsSystem, instance: number): void {
  const dynamo = system.get(Dynamo, instance);
  const transact = dynamo.transact.bind(dynamo);
  dynamo.transact = (actions, options) => {
    const bare = actions.flatMap((action) => {
      if (action.ConditionCheck) return [];
      if (!action.Put) return action;
      const {
        ConditionExpression: _,
        ExpressionAttributeNames: _names,
        ExpressionAttributeValues: _values,
        ...put
      } = action.Put;
      return { Put: put };
    });
    return transact(bare, options);
  };
}

/**
 * Has the first commit of each instance for a course wait until every instance has one ready: all of them were
 * planned on the same seats, so that only conditions keep them apart.
 */
export function withCommitsThatMeet(system: EnrollmentsSystem): void {
  const instances = [...system.urls.keys()];
  const meetings = new Map<string, { arrived: Set<number>; all: PromiseWithResolvers<void> }>();
  for (const instance of instances) {
    const dynamo = system.get(Dynamo, instance);
    const transact = dynamo.transact.bind(dynamo);
    const enrollments = dynamo.tables.name('enrollments');
    dynamo.transact = async (actions, options) => {
      const row = actions.find(({ Put }) => Put?.TableName === enrollments)?.Put?.Item;
      if (row) {
        const courseId = String(row['course_id']);
        const meeting = meetings.get(courseId) ?? { arrived: new Set(), all: Promise.withResolvers() };
        meetings.set(courseId, meeting);
        if (meeting.arrived.add(instance).size === instances.length) meeting.all.resolve();
        await meeting.all.promise;
      }
      return transact(actions, options);
    };
  }
}

/** A transaction that was decided on, and is held before it is sent. */
interface HeldTransaction {
  /** Settles when it would have been sent. */
  reached: Promise<void>;
  release(): void;
}

/** Holds the next transaction of an instance that `isHeld` picks, as if the process were stopped before it is sent. */
export function withHeldTransaction(
  system: EnrollmentsSystem,
  instance: number,
  isHeld: (actions: readonly TransactAction[]) => boolean = () => true,
): HeldTransaction {
  const dynamo = system.get(Dynamo, instance);
  const transact = dynamo.transact.bind(dynamo);
  const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  dynamo.transact = async (actions, options) => {
    if (isHeld(actions)) {
      dynamo.transact = transact;
      reached.resolve();
      await released.promise;
    }
    return transact(actions, options);
  };
  return { reached: reached.promise, release: () => released.resolve() };
}

/** Holds every transaction of an instance that changes a place in a course, until all are released. */
export function withHeldCommits(
  system: EnrollmentsSystem,
  instance: number,
  courseId: string,
): { reached(count: number): Promise<void>; release(): void } {
  const dynamo = system.get(Dynamo, instance);
  const transact = dynamo.transact.bind(dynamo);
  const enrollments = dynamo.tables.name('enrollments');
  const released = Promise.withResolvers<void>();
  let held = 0;
  let onHeld: () => void = () => undefined;
  dynamo.transact = async (actions, options) => {
    const isHeld = actions.some(
      ({ Put }) => Put?.TableName === enrollments && Put.Item?.['course_id'] === courseId,
    );
    if (isHeld) {
      held += 1;
      onHeld();
      await released.promise;
    }
    return transact(actions, options);
  };
  const reached = (count: number) =>
    new Promise<void>((resolve) => {
      onHeld = () => held >= count && resolve();
      onHeld();
    });
  const release = () => {
    dynamo.transact = transact;
    released.resolve();
  };
  return { reached, release };
}

/** Holds the next transaction of an instance that changes a place in a course. */
export function withHeldCommit(
  system: EnrollmentsSystem,
  instance: number,
  courseId: string,
): HeldTransaction {
  const enrollments = system.get(Dynamo, instance).tables.name('enrollments');
  return withHeldTransaction(system, instance, (actions) =>
    actions.some(({ Put }) => Put?.TableName === enrollments && Put.Item?.['course_id'] === courseId),
  );
}

/**
 * Has the first batch read of an instance after the next change of an item show it as it was before: a batch read while a
 * transaction is under way may see some of its items before the change, and others after it.
 */
export async function withTornBatch(
  system: EnrollmentsSystem,
  instance: number,
  item: BatchKey,
): Promise<void> {
  const dynamo = system.get(Dynamo, instance);
  const batchGet = dynamo.batchGet.bind(dynamo);
  const torn = { ...item, table: dynamo.tables.name(item.table) };
  const [before] = await batchGet<object>([torn]);
  dynamo.batchGet = async <T>(keys: BatchKey[]) => {
    const items = await batchGet<T>(keys);
    const at = keys.findIndex((key) => isDeepStrictEqual(key, torn));
    if (at < 0 || isDeepStrictEqual(items[at], before)) return items;
    dynamo.batchGet = batchGet;
    return items.with(at, before as T);
  };
}

/** Has an index of an instance's store show changes only after `lagMs`, as a real index may. */
export function withLaggingIndex(
  system: EnrollmentsSystem,
  instance: number,
  index: string,
  lagMs: number,
): void {
  const dynamo = system.get(Dynamo, instance);
  const queryAll = dynamo.queryAll.bind(dynamo);
  dynamo.queryAll = async function* lagging<T>(input: Parameters<Dynamo['queryAll']>[0], maxItems?: number) {
    for await (const item of queryAll<T & { updated_at: string }>(input, maxItems)) {
      const isNew = Date.now() - Date.parse(item.updated_at) < lagMs;
      if (input.IndexName !== index || !isNew) yield item as T;
    }
  };
}

/** Has the next query of the students of a course show none, whichever instance asks; resolves when it was made. */
export function withHiddenStudents(system: EnrollmentsSystem): Promise<void> {
  const hidden = Promise.withResolvers<void>();
  let isOver = false;
  for (const instance of system.urls.keys()) {
    const dynamo = system.get(Dynamo, instance);
    const queryAll = dynamo.queryAll.bind(dynamo);
    dynamo.queryAll = async function* hiding<T>(input: Parameters<Dynamo['queryAll']>[0], maxItems?: number) {
      const hides = !isOver && input.IndexName === 'EnrollmentsByCourse';
      isOver ||= hides;
      if (hides) hidden.resolve();
      else yield* queryAll<T>(input, maxItems);
    };
  }
  return hidden.promise;
}

/** A read of a student's own list that met a commit. */
interface MetRead {
  /** Settles when the student's semesters have been read. */
  begun: Promise<void>;
  /** The index is read now, and shows all but the enrollment in this course. */
  proceed(hiddenCourseId: string): void;
}

/** Holds the next read of an own list by an instance between the student's semesters and the index. */
export function withHeldOwnRead(system: EnrollmentsSystem, instance: number): MetRead {
  const dynamo = system.get(Dynamo, instance);
  const queryAll = dynamo.queryAll.bind(dynamo);
  const [begun, hidden] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
  dynamo.queryAll = async function* held<T>(input: Parameters<Dynamo['queryAll']>[0], maxItems?: number) {
    if (input.IndexName !== 'EnrollmentsByUser') {
      yield* queryAll<T>(input, maxItems);
      begun.resolve();
      return;
    }
    const courseId = await hidden.promise;
    dynamo.queryAll = queryAll;
    for await (const item of system.dynamo.queryAll<T & { course_id: string }>(input, maxItems))
      if (item.course_id !== courseId) yield item as T;
  };
  return { begun: begun.promise, proceed: hidden.resolve };
}

/** Has an instance leave what commits leave behind, as if it died right after them. */
export function withoutDeferredWork(events: DeferredWorkEvents): void {
  events.removeAllListeners();
}

/** Has an instance do nothing after its commits, as if it were killed right then: no event, no cache. */
export function withoutAftermath(system: EnrollmentsSystem, instance: number): void {
  system.get(AfterCommit, instance).committed = () => Promise.resolve();
}

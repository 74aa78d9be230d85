import { Injectable } from '@nestjs/common';
import {
  Dynamo,
  TransactionCancelled,
  isLostRace,
  maxTransactActions,
  retryOnConflict,
  shardOf,
} from '@registrar/dynamodb';
import type { BatchKey, TransactAction } from '@registrar/dynamodb';
import { clockNow, newId } from '@registrar/service';
import pMap from 'p-map';
import { Campus } from '../campus.ts';
import { completedKey, enrollmentOf } from '../store/enrollment.codec.ts';
import type { EnrollmentItem, StudentSemesterItem } from '../store/enrollment.codec.ts';
import { SemestersRepository } from '../store/semesters.repository.ts';
import { studentKey, studentPut, studentRecordOf } from './student-record.codec.ts';
import type { StudentItem } from './student-record.codec.ts';
import type { Completion, StudentRecord } from './student-record.types.ts';

/** Students whose records are read in one call. */
const perRead = 20;
const concurrency = 16;

/** What a change makes of a record, and what is written with it. */
export interface RecordChange {
  /** Undefined where nothing changes. */
  record: StudentRecord | undefined;
  actions?: readonly TransactAction[];
}

/** What came of a change. */
export interface ChangedRecord {
  record: StudentRecord;
  isChanged: boolean;
  /** Semesters in which the student's waiting places are to be judged again. */
  waits: string[];
}

/** What a change begins with. */
interface FoundRecord {
  record: StudentRecord;
  /** Semesters, not over yet, in which the student waits for a place. */
  waits: string[];
}

/** How a record is changed. */
interface ChangeOptions {
  /** Whether the student's waiting places are judged again after it. */
  rejudges: boolean;
  /** What was read before, for the first try. */
  found?: FoundRecord;
}

/**
 * Students' records: read consistently, written on the condition that they are as they were read.
 *
 * Earlier versions listed the codes of completed courses alone. A record that is read takes over what the student's
 * completed enrollments say, once, and the list goes.
 * Guarantee: a change and the note that waiting places are to be judged again are one transaction.
 * Failure: throws StoreUnavailable.
 */
@Injectable()
export class StudentRecords {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly semesters: SemestersRepository,
    private readonly campus: Campus,
  ) {}

  async read(userId: string): Promise<StudentRecord> {
    return (await this.find([userId], [])).get(userId)?.record ?? studentRecordOf(undefined, userId);
  }

  /** Records, and where their students wait, by user id. */
  async findForChange(userIds: readonly string[]): Promise<Map<string, FoundRecord>> {
    return this.find(userIds, await this.runningSemesters());
  }

  /** Changes a record; decided again where it has changed in between. */
  change(
    userId: string,
    decide: (record: StudentRecord, now: string) => RecordChange,
    { rejudges, found: first }: ChangeOptions,
  ): Promise<ChangedRecord> {
    let own = 0;
    const isRetryable = (error: unknown) => isLostRace(error) && !isLostByOthers(error, own);
    const attemptOnce = async (attempt: number): Promise<ChangedRecord> => {
      const known = attempt === 1 ? first : undefined;
      const found = known ?? (await this.findForChange([userId])).get(userId);
      if (!found) throw new Error('A record was not read.');
      const nowMs = clockNow();
      const now = new Date(nowMs).toISOString();
      const { record, actions = [] } = decide(found.record, now);
      if (record === undefined) {
        own = 0;
        if (actions.length > 0) await this.write(actions);
        return { record: found.record, isChanged: false, waits: [] };
      }
      const waits = rejudges ? found.waits : [];
      const marks = waits.map((semesterId) => this.waitsMark(userId, semesterId, nowMs));
      const put = studentPut(this.dynamo.tables, record, now);
      own = 1 + marks.length;
      await this.write([put, ...marks, ...actions]);
      return { record: { ...record, revision: record.revision + 1, updatedAt: now }, isChanged: true, waits };
    };
    return retryOnConflict(attemptOnce, { isRetryable });
  }

  /**
   * Has a student's waiting places judged again after a completion that an enrollment's commit noted: it knows of its
   * own semester alone. @returns the semesters
   */
  async markWaits(userId: string): Promise<string[]> {
    const waits = (await this.findForChange([userId])).get(userId)?.waits ?? [];
    const nowMs = clockNow();
    const marks = waits.map((semesterId) => this.waitsMark(userId, semesterId, nowMs));
    if (marks.length > 0) await retryOnConflict(() => this.write(marks));
    return waits;
  }

  /** Where the list of an earlier version is. */
  formerKey(userId: string): BatchKey {
    const table = this.dynamo.tables.name('student_semesters');
    return { table, key: { user_id: userId, semester_id: completedKey } };
  }

  /** Takes over what earlier versions wrote of these students; gives their records by user id. */
  async takeOver(userIds: readonly string[]): Promise<Map<string, StudentRecord>> {
    const records = await pMap(userIds, (userId) => this.takeOverOne(userId), { concurrency });
    return new Map(records.map((record) => [record.userId, record]));
  }

  private async find(
    userIds: readonly string[],
    semesterIds: readonly string[],
  ): Promise<Map<string, FoundRecord>> {
    const parts = Array.from({ length: Math.ceil(userIds.length / perRead) }, (_, at) =>
      userIds.slice(at * perRead, (at + 1) * perRead),
    );
    const found = await pMap(parts, (part) => this.findPart(part, semesterIds), { concurrency });
    return new Map(found.flatMap((part) => [...part]));
  }

  private async findPart(
    userIds: readonly string[],
    semesterIds: readonly string[],
  ): Promise<Map<string, FoundRecord>> {
    const table = this.dynamo.tables.name('student_semesters');
    const keys = userIds.flatMap((userId): BatchKey[] => [
      studentKey(this.dynamo.tables, userId),
      this.formerKey(userId),
      ...semesterIds.map((id) => ({ table, key: { user_id: userId, semester_id: id } })),
    ]);
    const items = (await this.dynamo.batchGet<object>(keys)).values();
    const next = () => items.next().value as object | undefined;
    const former: string[] = [];
    const found = new Map<string, FoundRecord>();
    for (const userId of userIds) {
      const record = studentRecordOf(next() as StudentItem | undefined, userId);
      if (next() !== undefined) former.push(userId);
      const waits = semesterIds.filter(() => isWaiting(next() as StudentSemesterItem | undefined));
      found.set(userId, { record, waits });
    }
    for (const [userId, record] of await this.takeOver(former))
      found.set(userId, { record, waits: found.get(userId)?.waits ?? [] });
    return found;
  }

  /** Semesters in which somebody may still be promoted. */
  private async runningSemesters(): Promise<string[]> {
    const now = new Date(clockNow()).toISOString();
    const all = await this.semesters.all();
    return all
      .filter((semester) => now < semester.enrollmentClosesAt || now < semester.withdrawDeadlineAt)
      .map(({ id }) => id);
  }

  private takeOverOne(userId: string): Promise<StudentRecord> {
    return retryOnConflict(async () => {
      const key = studentKey(this.dynamo.tables, userId);
      const [[item], completed] = await Promise.all([
        this.dynamo.batchGet<object>([key]),
        this.completedEnrollments(userId),
      ]);
      const record = studentRecordOf(item as StudentItem | undefined, userId);
      const known = new Set(record.completions.map(({ enrollmentId }) => enrollmentId));
      const more = completed.filter(({ enrollmentId }) => !known.has(enrollmentId));
      const merged = { ...record, completions: [...more, ...record.completions] };
      const now = new Date(clockNow()).toISOString();
      const { table, key: Key } = this.formerKey(userId);
      await this.write([studentPut(this.dynamo.tables, merged, now), { Delete: { TableName: table, Key } }]);
      return { ...merged, revision: merged.revision + 1, updatedAt: now };
    });
  }

  private async completedEnrollments(userId: string): Promise<Completion[]> {
    const query = {
      TableName: this.dynamo.tables.name('enrollments'),
      IndexName: 'EnrollmentsByUser',
      KeyConditionExpression: 'user_id = :user',
      FilterExpression: '#status = :completed',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':user': userId, ':completed': 'completed' },
    };
    const items = await Array.fromAsync(this.dynamo.queryAll<EnrollmentItem>(query));
    return items.map((item) => {
      const { id: enrollmentId, courseCode: code, credits, grade, updatedAt } = enrollmentOf(item);
      const completedOn = this.campus.date(updatedAt);
      return { id: newId('cmp'), code, credits, grade, completedOn, source: 'enrollment', enrollmentId };
    });
  }

  /** A new version: a commit that was decided on the record of before fails its condition. */
  private waitsMark(userId: string, semesterId: string, nowMs: number): TransactAction {
    return {
      Update: {
        TableName: this.dynamo.tables.name('student_semesters'),
        Key: { user_id: userId, semester_id: semesterId },
        UpdateExpression: 'SET pending_shard = :shard, pending_at = :at ADD #version :one',
        ConditionExpression: 'attribute_exists(#version)',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':shard': shardOf(userId), ':at': nowMs, ':one': 1 },
      },
    };
  }

  /** One put needs no transaction. */
  private async write(actions: readonly TransactAction[]): Promise<void> {
    if (actions.length > maxTransactActions) throw new RangeError('Too much is written with a record.');
    const [first] = actions;
    if (actions.length === 1 && first?.Put) await this.dynamo.put(first.Put);
    else await this.dynamo.transact([...actions], { conflicts: 'throw' });
  }
}

/**
 * Whether a commit failed by what was to be written with the record alone, such as an answer that is kept already:
 * deciding again changes nothing about it.
 *
 * @param own how many of its first actions are the record's
 */
function isLostByOthers(error: unknown, own: number): boolean {
  if (!(error instanceof TransactionCancelled)) return false;
  const kinds = error.reasons.map((_, index) => error.kindOf(index));
  return (
    kinds.length > own &&
    kinds.slice(own).includes('condition') &&
    kinds.slice(0, own).every((kind) => kind === 'none')
  );
}

function isWaiting(item: StudentSemesterItem | undefined): boolean {
  return item?.entries.some(({ status }) => status === 'waitlisted') ?? false;
}

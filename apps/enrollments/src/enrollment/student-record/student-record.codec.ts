import { atVersion } from '@registrar/dynamodb';
import type { BatchKey, Tables, TransactAction } from '@registrar/dynamodb';
import { emptyRecord } from './student-record.types.ts';
import type { StudentRecord } from './student-record.types.ts';

/** Name of the table of records. */
export const studentsTable = 'students';

/** An item of the `students` table. */
export interface StudentItem {
  user_id: string;
  programs: string[];
  level?: string;
  groups: string[];
  credit_limit?: number;
  holds: StudentRecord['holds'];
  /** JSON: as one text, a history of forty courses costs a tenth of what forty maps cost to read. */
  completions: string;
  /** JSON, as completions are; only where there are any. */
  permits?: string;
  record_version: number;
  version: number;
  updated_at: string;
}

/** The record that an item holds; an empty one where there is none. */
export function studentRecordOf(item: StudentItem | undefined, userId: string): StudentRecord {
  if (!item) return emptyRecord(userId);
  return {
    userId: item.user_id,
    programs: item.programs,
    level: item.level ?? null,
    groups: item.groups,
    creditLimit: item.credit_limit ?? null,
    holds: item.holds,
    permits: item.permits === undefined ? [] : (JSON.parse(item.permits) as StudentRecord['permits']),
    completions: JSON.parse(item.completions) as StudentRecord['completions'],
    version: item.record_version,
    revision: item.version,
    updatedAt: item.updated_at,
  };
}

/** The item of a record. @param now RFC 3339 */
export function studentItem(record: StudentRecord, now: string): StudentItem {
  return {
    user_id: record.userId,
    programs: record.programs,
    ...(record.level !== null && { level: record.level }),
    groups: record.groups,
    ...(record.creditLimit !== null && { credit_limit: record.creditLimit }),
    holds: record.holds,
    ...(record.permits.length > 0 && { permits: JSON.stringify(record.permits) }),
    completions: JSON.stringify(record.completions),
    record_version: record.version,
    version: record.revision + 1,
    updated_at: now,
  };
}

/** Where a record is. */
export function studentKey(tables: Tables, userId: string): BatchKey {
  return { table: tables.name(studentsTable), key: { user_id: userId } };
}

/** Writes a record on the condition that it is still at the revision that `record` was read with. @param now RFC 3339 */
export function studentPut(tables: Tables, record: StudentRecord, now: string): TransactAction {
  const Item = { ...studentItem(record, now) };
  return { Put: { TableName: tables.name(studentsTable), Item, ...atVersion(record.revision) } };
}

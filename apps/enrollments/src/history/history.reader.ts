import { Injectable } from '@nestjs/common';
import type { HistoryEntry } from '@registrar/contracts-enrollments';
import { Dynamo } from '@registrar/dynamodb';
import type { EnrollmentRecord, StoredHistoryEntry } from '../enrollment/enrollment.types.ts';
import { firstKept, joinHistory } from './history-split.rules.ts';
import { historyPartOf, historyTable } from './history.codec.ts';
import type { HistoryItem } from './history.codec.ts';

/** Parts read at most, of four entries and more: a student who changes one place every minute of a semester stays below. */
const maxParts = 60_000;

/**
 * Reads the whole history of an enrollment, oldest first, also where its beginning has moved out of the item.
 *
 * Guarantee: no entry up to the record's version is missing or doubled. Failure: throws StoreUnavailable.
 */
@Injectable()
export class HistoryReader {
  constructor(private readonly dynamo: Dynamo) {}

  /** @param record as read just now */
  async of(record: EnrollmentRecord): Promise<HistoryEntry[]> {
    if (firstKept(record) === 1) return record.history.map(entryView);
    const query = {
      TableName: this.dynamo.tables.name(historyTable),
      KeyConditionExpression: 'enrollment_id = :id',
      ExpressionAttributeValues: { ':id': record.id },
      ConsistentRead: true,
    };
    const items = await Array.fromAsync(this.dynamo.queryAll<HistoryItem>(query, maxParts));
    return joinHistory(record, items.map(historyPartOf)).map(entryView);
  }
}

function entryView(entry: StoredHistoryEntry): HistoryEntry {
  return { ...entry, permitId: entry.permitId ?? null };
}

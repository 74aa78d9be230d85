import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import type { SemesterUpdate } from '@registrar/contracts-enrollments';
import type { SemesterRules } from '../enrollment.types.ts';
import { semesterOf } from './offering.codec.ts';
import type { SemesterItem } from './offering.codec.ts';

/** Key of the item that names all semesters: there are few, and they are looked through together. */
const knownKey = { id: '#known' };

/** Semesters as the courses service announced them. */
@Injectable()
export class SemestersRepository {
  private readonly table: string;

  constructor(private readonly dynamo: Dynamo) {
    this.table = dynamo.tables.name('semesters');
  }

  /** One semester, read consistently. */
  async read(id: string): Promise<SemesterRules | undefined> {
    const item = await this.dynamo.get<SemesterItem>('semesters', { id });
    return item && semesterOf(item);
  }

  /** All semesters, read consistently. */
  async all(): Promise<SemesterRules[]> {
    const known = await this.dynamo.get<{ ids?: Set<string> }>('semesters', knownKey);
    const keys = Array.from(known?.ids ?? [], (id) => ({ id }));
    return (await this.dynamo.getAll<SemesterItem>('semesters', keys)).map(semesterOf);
  }

  /** Names a semester among all, before it is written first. */
  async remember(id: string): Promise<void> {
    await this.dynamo.update({
      TableName: this.table,
      Key: knownKey,
      UpdateExpression: 'ADD ids :ids',
      ExpressionAttributeValues: { ':ids': new Set([id]) },
    });
  }

  /**
   * Writes a semester, together with `owed`.
   *
   * @param before its version as read; undefined where there was none
   * @throws TransactionCancelled where it is not as it was read
   */
  async write(
    id: string,
    update: SemesterUpdate,
    before: number | undefined,
    owed: TransactAction[],
  ): Promise<void> {
    await this.dynamo.transact([this.update(id, update, before), ...owed]);
  }

  /** The number of changed meetings among its courses stays: it is not the courses service's. */
  private update(id: string, update: SemesterUpdate, before: number | undefined): TransactAction {
    return {
      Update: {
        TableName: this.table,
        Key: { id },
        UpdateExpression:
          'SET enrollment_opens_at = :opens, enrollment_closes_at = :closes, drop_deadline_at = :drop, ' +
          'withdraw_deadline_at = :withdraw, credit_limit = :limit, tickets = :tickets, paused_at = :paused, ' +
          '#version = :version, ' +
          'schedule_version = if_not_exists(schedule_version, :first)',
        ConditionExpression: before === undefined ? 'attribute_not_exists(#version)' : '#version = :before',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: {
          ':opens': update.enrollmentOpensAt,
          ':closes': update.enrollmentClosesAt,
          ':drop': update.dropDeadlineAt,
          ':withdraw': update.withdrawDeadlineAt,
          ':limit': update.creditLimit,
          ':tickets': update.tickets ?? [],
          ':paused': update.pausedAt ?? null,
          ':version': update.version,
          ':first': 1,
          ...(before !== undefined && { ':before': before }),
        },
      },
    };
  }
}

import { Injectable } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { permitsTable } from '../enrollment/student-record/permit-use.ts';
import { permitOf } from './permit.codec.ts';
import type { PermitItem, StoredPermit } from './permit.codec.ts';
import { openMarkKey, permitRequestOf, permitRequestsTable } from './permit-request.codec.ts';
import type { OpenMarkItem, PermitRequestItem, StoredRequest } from './permit-request.codec.ts';

/** A page of a list: `limit` items after the place `before`. */
export interface ListPage {
  before: string | undefined;
  limit: number;
}

/** Reads permits and requests for them; lists are newest first. Failure: throws StoreUnavailable. */
@Injectable()
export class PermitsRepository {
  constructor(private readonly dynamo: Dynamo) {}

  /** One permit, read consistently. */
  async permit(id: string): Promise<StoredPermit | undefined> {
    const item = await this.dynamo.get<PermitItem>(permitsTable, { id });
    return item && permitOf(item);
  }

  /** One request, read consistently; undefined also where the id is that of a mark. */
  async request(id: string): Promise<StoredRequest | undefined> {
    const item = await this.dynamo.get<Partial<PermitRequestItem>>(permitRequestsTable, { id });
    return item?.requested_key === undefined ? undefined : permitRequestOf(item as PermitRequestItem);
  }

  /** What was written with a permit, or by who declined a request, read consistently; undefined where there is neither. */
  async noteOf(id: string): Promise<string | undefined> {
    const permit = await this.permit(id);
    if (permit) return permit.note;
    const item = await this.dynamo.get<Partial<PermitRequestItem>>(permitRequestsTable, { id });
    return item?.requested_key === undefined ? undefined : (item.decline_reason ?? '');
  }

  /** The id of the student's open request in a course, read consistently. */
  async openRequestId(asked: Pick<StoredRequest, 'courseId' | 'userId'>): Promise<string | undefined> {
    return (await this.dynamo.get<OpenMarkItem>(permitRequestsTable, { ...openMarkKey(asked) }))?.request_id;
  }

  /** Permits of a course. */
  async ofCourse(courseId: string, page: ListPage): Promise<StoredPermit[]> {
    const index = { table: permitsTable, name: 'PermitsByCourse', key: 'course_id', sort: 'granted_key' };
    return (await this.list<PermitItem>(index, courseId, page)).map(permitOf);
  }

  /** Permits of a student. */
  async ofUser(userId: string, page: ListPage): Promise<StoredPermit[]> {
    const index = { table: permitsTable, name: 'PermitsByUser', key: 'user_id', sort: 'granted_key' };
    return (await this.list<PermitItem>(index, userId, page)).map(permitOf);
  }

  /** Requests of a course. */
  async requestsOf(courseId: string, page: ListPage): Promise<StoredRequest[]> {
    const name = 'PermitRequestsByCourse';
    const index = { table: permitRequestsTable, name, key: 'course_id', sort: 'requested_key' };
    return (await this.list<PermitRequestItem>(index, courseId, page)).map(permitRequestOf);
  }

  /** All permits and requests of a student. */
  async allOf(userId: string): Promise<{ permits: StoredPermit[]; requests: StoredRequest[] }> {
    const [permits, requests] = await Promise.all([
      this.all<PermitItem>(permitsTable, 'PermitsByUser', userId),
      this.all<PermitRequestItem>(permitRequestsTable, 'PermitRequestsByUser', userId),
    ]);
    return { permits: permits.map(permitOf), requests: requests.map(permitRequestOf) };
  }

  /** Deletes all permits and requests of a student. */
  async deleteOf(userId: string): Promise<void> {
    const { permits, requests } = await this.allOf(userId);
    const table = this.dynamo.tables.name(permitRequestsTable);
    await this.dynamo.batchWrite([
      ...permits.map(({ id }) => ({ table: this.dynamo.tables.name(permitsTable), delete: { id } })),
      ...requests.flatMap((request) => [
        { table, delete: { id: request.id } },
        ...(request.status === 'open' ? [{ table, delete: openMarkKey(request) }] : []),
      ]),
    ]);
  }

  private all<T>(table: string, IndexName: string, userId: string): Promise<T[]> {
    const query = {
      TableName: this.dynamo.tables.name(table),
      IndexName,
      KeyConditionExpression: 'user_id = :user',
      ExpressionAttributeValues: { ':user': userId },
    };
    return Array.fromAsync(this.dynamo.queryAll<T>(query));
  }

  private async list<T>(
    { table, name, key, sort }: { table: string; name: string; key: string; sort: string },
    value: string,
    { before, limit }: ListPage,
  ): Promise<T[]> {
    const { items } = await this.dynamo.query<T>({
      TableName: this.dynamo.tables.name(table),
      IndexName: name,
      KeyConditionExpression: `${key} = :key${before === undefined ? '' : ` AND ${sort} < :before`}`,
      ExpressionAttributeValues: { ':key': value, ...(before !== undefined && { ':before': before }) },
      ScanIndexForward: false,
      Limit: limit,
    });
    return items;
  }
}

import { Injectable } from '@nestjs/common';
import { Auditor, changesOf } from '@registrar/audit';
import { CachedBody, Caches, JsonCache, keys } from '@registrar/cache';
import type { Sendable } from '@registrar/cache';
import type { Department, PutDepartmentRequest } from '@registrar/contracts-courses';
import { Dynamo, atVersion, retryOnConflict, rowCodec } from '@registrar/dynamodb';
import { ReferenceList } from '../reference/reference-list.ts';

/** Name of the cache in metrics. */
const departmentsCacheName = 'registrar-departments';

const key = keys('courses', { departments: 'departments' }).departments();
/** Departments have no events: the catalogue of other instances has a new one after this time, ms. */
const memoryTtlMs = 500;
const kind = 'department';

const row = rowCodec<Department>()({ id: 'id', name: 'name', version: 'version', updatedAt: 'updated_at' });
type DepartmentItem = ReturnType<typeof row.toItem>;

/** The departments, in the order of their ids. */
@Injectable()
export class DepartmentsService {
  private readonly departments: ReferenceList<Department>;
  private readonly table: string;

  constructor(
    jsonCache: JsonCache,
    caches: Caches,
    private readonly dynamo: Dynamo,
    private readonly auditor: Auditor,
  ) {
    this.departments = new ReferenceList(jsonCache, caches, {
      key,
      name: departmentsCacheName,
      memoryTtlMs,
      load: () => this.load(),
    });
    this.table = dynamo.tables.name('departments');
  }

  /** The list as it is sent. */
  async list(): Promise<Sendable> {
    const { value: items, source } = await this.departments.read();
    return { body: CachedBody.of(JSON.stringify({ items })), source };
  }

  /** All ids, in the order of lists. */
  async ids(): Promise<string[]> {
    return (await this.departments.known()).map(({ id }) => id);
  }

  /** Whether there is such a department, read consistently. */
  async exists(id: string): Promise<boolean> {
    return (await this.read(id)) !== undefined;
  }

  /** States a department; stating the same again changes nothing. */
  put(actorId: string, id: string, { name }: PutDepartmentRequest): Promise<Department> {
    return retryOnConflict(async () => {
      const before = await this.read(id);
      if (before?.name === name) {
        // The request that stated it first may have died before it updated the caches.
        await this.departments.changed(before);
        return before;
      }
      const updatedAt = new Date().toISOString();
      const department = { id, name, version: (before?.version ?? 0) + 1, updatedAt };
      await this.write(department, before, actorId);
      await this.departments.changed(department);
      return department;
    });
  }

  private async read(id: string): Promise<Department | undefined> {
    const item = await this.dynamo.get<DepartmentItem>('departments', { kind, id });
    return item && row.fromItem(item);
  }

  /** @throws TransactionCancelled where another change was first */
  private async write(
    department: Department,
    before: Department | undefined,
    actorId: string,
  ): Promise<void> {
    const recorded = this.auditor.entry({
      actor: { id: actorId },
      action: before ? 'department_changed' : 'department_created',
      resource: `department:${department.id}`,
      ...changesOf(before, department, { personal: [] }),
    });
    const Put = {
      TableName: this.table,
      Item: { kind, ...row.toItem(department) },
      ...atVersion(before?.version),
    };
    await this.dynamo.transact([{ Put }, recorded.action]);
    recorded.publish();
  }

  private async load(): Promise<Department[]> {
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': kind },
      ConsistentRead: true,
    };
    const found: Department[] = [];
    for await (const item of this.dynamo.queryAll<DepartmentItem>(query)) found.push(row.fromItem(item));
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

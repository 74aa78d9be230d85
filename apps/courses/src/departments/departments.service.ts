import { Injectable, Logger } from '@nestjs/common';
import { CachedBody, Caches, keys } from '@registrar/cache';
import type { FoundAnswer, VersionedCache } from '@registrar/cache';
import type { Department, PutDepartmentRequest } from '@registrar/contracts-courses';
import { ConditionFailed, Dynamo } from '@registrar/dynamodb';
import { serviceUnavailable } from '@registrar/service';

/** Name of the cache in metrics and `Cache-Status`. */
export const departmentsCacheName = 'registrar-departments';

const key = keys('courses', { departments: 'departments' }).departments();
const ttlMs = 60_000;
/** No event tells of departments: other instances see a new one when their memory asks Redis again, ms. */
const memoryTtlMs = 500;
const kind = 'department';
const maxTries = 5;

interface DepartmentItem {
  kind: string;
  id: string;
  name: string;
  version: number;
  updated_at: string;
}

/** The departments, all together, from memory (0.5 s), Redis, or one query of the table. */
@Injectable()
export class DepartmentsService {
  private readonly audit = new Logger('Audit');
  private readonly cache: VersionedCache;
  private readonly idsOf = new WeakMap<CachedBody, string[]>();
  private readonly table: string;

  constructor(
    caches: Caches,
    private readonly dynamo: Dynamo,
  ) {
    const memory = { ttlMs: memoryTtlMs };
    this.cache = caches.create({ name: departmentsCacheName, levels: 'l1+l2', ttlMs, memory });
    this.table = dynamo.tables.name('departments');
  }

  /** The list as it is sent, in the order of ids. */
  async list(): Promise<FoundAnswer> {
    const answer = await this.cache.get(key, () => this.load());
    return answer.body ? answer : { ...answer, body: CachedBody.of(textOf([])) };
  }

  /** All ids, in the order of lists. */
  async ids(): Promise<string[]> {
    const { body } = await this.list();
    const known = this.idsOf.get(body) ?? parse(body.bytes).map(({ id }) => id);
    this.idsOf.set(body, known);
    return known;
  }

  /** Whether there is such a department, read consistently. */
  async exists(id: string): Promise<boolean> {
    return (await this.read(id)) !== undefined;
  }

  /** States a department; stating the same again changes nothing. */
  async put(actorId: string, id: string, { name }: PutDepartmentRequest): Promise<Department> {
    for (let attempt = 0; attempt < maxTries; attempt += 1) {
      const before = await this.read(id);
      if (before?.name === name) return before;
      const updatedAt = new Date().toISOString();
      const department = { id, name, version: (before?.version ?? 0) + 1, updatedAt };
      if (!(await this.write(department, before?.version))) continue;
      await this.changed(department, actorId);
      return department;
    }
    throw serviceUnavailable('This department is being changed by others at this moment. Try again.');
  }

  private async read(id: string): Promise<Department | undefined> {
    const item = await this.dynamo.get<DepartmentItem>({
      TableName: this.table,
      Key: { kind, id },
      ConsistentRead: true,
    });
    return item && departmentOf(item);
  }

  /** False where another change was first. */
  private async write(department: Department, before: number | undefined): Promise<boolean> {
    const { id, name, version, updatedAt } = department;
    try {
      await this.dynamo.put({
        TableName: this.table,
        Item: { kind, id, name, version, updated_at: updatedAt },
        ...(before === undefined
          ? { ConditionExpression: 'attribute_not_exists(id)' }
          : {
              ConditionExpression: '#version = :before',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':before': before },
            }),
      });
      return true;
    } catch (error) {
      if (error instanceof ConditionFailed) return false;
      throw error;
    }
  }

  private async changed(department: Department, actorId: string): Promise<void> {
    const { id: departmentId, version, name } = department;
    await this.cache.update(key, { [departmentId]: version }, (bytes) =>
      textOf([...parse(bytes).filter(({ id }) => id !== departmentId), department]),
    );
    const details = { action: 'department.updated', actorId, departmentId, version, name };
    this.audit.log(details, 'registrar write', 'Audit');
  }

  private async load() {
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': kind },
      ConsistentRead: true,
    };
    const found: Department[] = [];
    for await (const item of this.dynamo.queryAll<DepartmentItem>(query)) found.push(departmentOf(item));
    const versions = Object.fromEntries(found.map(({ id, version }) => [id, version]));
    return { body: textOf(found), versions };
  }
}

function departmentOf({ id, name, version, updated_at: updatedAt }: DepartmentItem): Department {
  return { id, name, version, updatedAt };
}

function textOf(departments: Department[]): string {
  return JSON.stringify({ items: [...departments].sort((a, b) => (a.id < b.id ? -1 : 1)) });
}

function parse(bytes: Buffer): Department[] {
  return (JSON.parse(bytes.toString()) as { items: Department[] }).items;
}

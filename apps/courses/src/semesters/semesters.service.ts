import { Injectable } from '@nestjs/common';
import { CachedBody, Caches, JsonCache, keys } from '@registrar/cache';
import type { Sendable } from '@registrar/cache';
import { wholeSemester } from '@registrar/contracts-courses';
import type { PublishedSemester, Semester } from '@registrar/contracts-courses';
import { Dynamo } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import { ReferenceList } from '../reference/reference-list.ts';
import { semesterKind, semesterOf } from './semester.codec.ts';
import type { SemesterItem } from './semester.codec.ts';
import { bySemesterOrder } from './semester.rules.ts';

/** Name of the cache in metrics. */
const semestersCacheName = 'registrar-semesters';

const key = keys('courses', { semesters: 'semesters' }).semesters();

/** The semesters, the latest first. */
@Injectable()
export class SemestersService {
  /** An instance of an earlier version may have put some of them into the cache. */
  private readonly semesters: ReferenceList<PublishedSemester>;

  constructor(
    jsonCache: JsonCache,
    caches: Caches,
    private readonly dynamo: Dynamo,
  ) {
    this.semesters = new ReferenceList(jsonCache, caches, {
      key,
      name: semestersCacheName,
      memoryTtlMs: 60_000,
      load: () => this.load(),
    });
  }

  /** The list as it is sent. */
  async list(): Promise<Sendable> {
    const { value, source } = await this.semesters.read();
    const items = value.map(wholeSemester);
    return { body: CachedBody.of(JSON.stringify({ items })), source };
  }

  /** One semester as it is sent, and its version. @throws Problem 404 `semester_not_found` */
  async one(id: string): Promise<Sendable & Pick<Semester, 'version'>> {
    const { value, source } = await this.semesters.read();
    const found = value.find((each) => each.id === id);
    if (!found) throw new Problem(404, 'semester_not_found', 'There is no such semester.');
    return { body: CachedBody.of(JSON.stringify(wholeSemester(found))), source, version: found.version };
  }

  async find(id: string): Promise<Semester | undefined> {
    const found = (await this.semesters.known()).find((semester) => semester.id === id);
    return found && wholeSemester(found);
  }

  /** Id of the current semester, if one is. */
  async currentId(): Promise<string | undefined> {
    return (await this.semesters.known()).find(({ current }) => current)?.id;
  }

  /** Takes over a state that is committed. */
  apply(semester: Semester): Promise<void> {
    return this.semesters.changed(semester);
  }

  private async load(): Promise<Semester[]> {
    const query = {
      TableName: this.dynamo.tables.name('semesters'),
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': semesterKind },
      ConsistentRead: true,
    };
    const semesters: Semester[] = [];
    for await (const item of this.dynamo.queryAll<SemesterItem>(query)) {
      const semester = semesterOf(item);
      if (semester) semesters.push(semester);
    }
    return semesters.sort(bySemesterOrder);
  }
}

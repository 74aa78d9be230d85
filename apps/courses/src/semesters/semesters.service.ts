import { Injectable } from '@nestjs/common';
import { CachedBody, Caches, keys } from '@registrar/cache';
import type { CacheAnswer, FoundAnswer, VersionedCache } from '@registrar/cache';
import type { Semester } from '@registrar/contracts-courses';
import { Dynamo } from '@registrar/dynamodb';
import { Problem } from '@registrar/service';
import { semesterKind, semesterOf } from './semester.codec.ts';
import type { SemesterItem } from './semester.codec.ts';
import { bySemesterOrder } from './semester.rules.ts';

/** Name of the cache in metrics and `Cache-Status`. */
export const semestersCacheName = 'registrar-semesters';

const key = keys('courses', { semesters: 'semesters' }).semesters();
const ttlMs = 60_000;

/** Semesters read for use. */
interface Semesters {
  byId: ReadonlyMap<string, Semester>;
  bodies: Map<string, CachedBody>;
  currentId: string | undefined;
}

/**
 * The semesters, all together, from memory, Redis, or one query of the table; by version as courses are.
 *
 * Guarantee: after `apply` resolves, this instance reads nothing older. Failure: as VersionedCache.
 */
@Injectable()
export class SemestersService {
  private readonly cache: VersionedCache;
  private readonly readBodies = new WeakMap<CachedBody, Semesters>();

  constructor(
    caches: Caches,
    private readonly dynamo: Dynamo,
  ) {
    this.cache = caches.create({ name: semestersCacheName, levels: 'l1+l2', ttlMs });
  }

  /** The list as it is sent, the latest semester first. */
  async list(): Promise<FoundAnswer> {
    return withBody(await this.cache.get(key, () => this.load()));
  }

  /** One semester as it is sent. @throws Problem 404 `semester_not_found` */
  async one(id: string): Promise<FoundAnswer> {
    const answer = await this.list();
    const { byId, bodies } = this.read(answer);
    const semester = byId.get(id);
    if (!semester) throw new Problem(404, 'semester_not_found', 'There is no such semester.');
    const body = bodies.get(id) ?? CachedBody.of(JSON.stringify(semester));
    bodies.set(id, body);
    return { ...answer, body };
  }

  async find(id: string): Promise<Semester | undefined> {
    return this.read(await this.list()).byId.get(id);
  }

  /** Id of the current semester, if one is. */
  async currentId(): Promise<string | undefined> {
    return this.read(await this.list()).currentId;
  }

  /** Takes over a state that is committed. */
  async apply(semester: Semester): Promise<void> {
    await this.cache.update(key, { [semester.id]: semester.version }, (bytes) => {
      const others = parse(bytes).filter(({ id }) => id !== semester.id);
      return textOf([...others, semester]);
    });
  }

  private async load() {
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
    const versions = Object.fromEntries(semesters.map(({ id, version }) => [id, version]));
    return { body: textOf(semesters), versions };
  }

  private read({ body }: FoundAnswer): Semesters {
    const known = this.readBodies.get(body);
    if (known) return known;
    const semesters = parse(body.bytes);
    const made = {
      byId: new Map(semesters.map((semester) => [semester.id, semester])),
      bodies: new Map<string, CachedBody>(),
      currentId: semesters.find(({ current }) => current)?.id,
    };
    this.readBodies.set(body, made);
    return made;
  }
}

function textOf(semesters: Semester[]): string {
  return JSON.stringify({ items: [...semesters].sort(bySemesterOrder) });
}

function parse(bytes: Buffer): Semester[] {
  return (JSON.parse(bytes.toString()) as { items: Semester[] }).items;
}

function withBody(answer: CacheAnswer): FoundAnswer {
  return answer.body ? answer : { ...answer, body: CachedBody.of(textOf([])) };
}

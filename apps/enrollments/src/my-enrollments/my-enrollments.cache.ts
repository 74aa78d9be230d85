import { Injectable } from '@nestjs/common';
import { Caches, keys } from '@registrar/cache';
import type { CacheAnswer, LevelRead, VersionedCache } from '@registrar/cache';
import { LRUCache } from 'lru-cache';
import { listedEnrollment } from '../enrollment/listed-enrollment.ts';
import type { EnrollmentRecord, StudentSemester } from '../enrollment/enrollment.types.ts';
import { parseOwn, renderOwn, withChanges } from './list-body.ts';
import { MyEnrollmentsRepository } from './my-enrollments.repository.ts';

const cacheKeys = keys('enrollments', { ofUser: 'user:{id}' });

/** The writer keeps the entry current; this is only the net below. */
const ttlMs = 15 * 60_000;

/** Own writes to the cache that come back as events. */
const maxWritten = 20_000;

/** Name of the cache in metrics and `Cache-Status`. */
const ownCacheName = 'registrar-enrollments';

/** What a commit changed of a student's semester. */
export interface OwnChange {
  readonly userId: string;
  /** The semester as it is now. */
  readonly now: Pick<StudentSemester, 'semesterId' | 'version'>;
  readonly changes: readonly { readonly now: EnrollmentRecord }[];
}

/**
 * Students' own enrollments in Redis, without a level in memory: a student may be answered by any instance, and
 * must see the own last write on each.
 *
 * The version of an entry is a number for each of the student's semesters, which grow with every commit.
 */
@Injectable()
export class MyEnrollmentsCache {
  private readonly cache: VersionedCache;
  /** The version of a student's semester that this instance wrote to Redis. */
  private readonly written = new LRUCache<string, number>({ max: maxWritten });

  constructor(
    caches: Caches,
    private readonly repository: MyEnrollmentsRepository,
  ) {
    this.cache = caches.create({ name: ownCacheName, levels: 'l2', ttlMs });
  }

  /** A student's enrollments, as `parseOwn` reads them; loaded where the cache has none. */
  get(userId: string): Promise<CacheAnswer> {
    return this.cache.get(cacheKeys.ofUser({ id: userId }), async () => {
      const { enrollments, versions } = await this.repository.read(userId);
      return { body: renderOwn(enrollments), versions };
    });
  }

  /** Reads the entry that a commit is going to change, while it is under way. */
  readBefore(userId: string): Promise<LevelRead> {
    return this.cache.readBefore(cacheKeys.ofUser({ id: userId }));
  }

  /** After a commit: brings the entry up to date, or drops it where it is not the one before. */
  async changed(student: OwnChange, before?: Promise<LevelRead>): Promise<void> {
    const { userId, now } = student;
    const changes = student.changes.map((change) => listedEnrollment(change.now));
    const outcome = await this.cache.update(
      cacheKeys.ofUser({ id: userId }),
      { [now.semesterId]: now.version },
      (body) => renderOwn(withChanges(parseOwn(body), changes)),
      before,
    );
    if (outcome !== 'owed') this.written.set(`${userId} ${now.semesterId}`, now.version);
  }

  /**
   * Before an earlier commit is acknowledged: drops an entry that does not contain it. The instance that made that commit may
   * have died before it updated the cache.
   */
  async catchUp(userId: string, semesterId: string): Promise<void> {
    const version = await this.repository.versionOf(userId, semesterId);
    await this.forget(userId, semesterId, version);
  }

  /**
   * By an event: drops an entry older than `version` of the semester, unless this instance updated Redis by
   * it when it was committed. False: try again.
   */
  async forget(userId: string, semesterId: string, version: number): Promise<boolean> {
    if ((this.written.get(`${userId} ${semesterId}`) ?? 0) >= version) return true;
    return this.cache.invalidate(cacheKeys.ofUser({ id: userId }), { [semesterId]: version });
  }
}

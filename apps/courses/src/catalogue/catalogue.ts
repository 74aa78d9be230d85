import { Injectable } from '@nestjs/common';
import { Caches, keys } from '@registrar/cache';
import type {
  AnswerSource,
  CacheAnswer,
  CacheKey,
  CachedBody,
  Loaded,
  VersionedCache,
} from '@registrar/cache';
import type { CourseState } from '@registrar/contracts-courses';
import { CoursesRepository } from './courses.repository.ts';
import { RecentChanges } from './recent-changes.ts';
import { SeatCounts } from './seat-counts.ts';
import type { SequencedCounts } from './seat-counts.ts';
import { DepartmentCatalogue } from './department-catalogue.ts';

/** Name of the catalogue's caches in metrics and `Cache-Status`. */
const catalogueCacheName = 'registrar-courses';

const cacheKeys = keys('courses', { catalogue: 'unit:{semester}:{department}' });
/** A net under the events that correct it. */
const ttlMs = 60_000;
/** So many places of courses are remembered; about 200 bytes each. */
const maxPlaces = 100_000;

/** A department catalogue, and the layer that it came from. */
interface FoundCatalogue {
  catalogue: DepartmentCatalogue;
  source: AnswerSource;
}

/** Where a course is listed. */
export type Place = Pick<CourseState, 'semesterId' | 'departmentId'>;

/**
 * The courses that clients read, by catalogues of one department in one semester: in memory, in Redis, and from exactly
 * one query of the index where neither has it.
 *
 * Guarantee: after `apply` resolves, no department catalogue of this instance is older than what was applied; the version of each
 * course is part of a department catalogue's, so an older state never replaces a newer one in any layer. Where the index lags,
 * what changed in the last 60 s is laid over it.
 * Failure: as VersionedCache: without the store a department catalogue is served for 60 s after its time, then Problem 503.
 */
@Injectable()
export class Catalogue {
  private readonly cache: VersionedCache;
  private readonly recent = new RecentChanges();
  private readonly parsed = new WeakMap<CachedBody, DepartmentCatalogue>();
  private readonly places = new Map<string, Place>();
  private readonly generations = new Map<string, number>();

  constructor(
    caches: Caches,
    private readonly repository: CoursesRepository,
    private readonly counts: SeatCounts,
  ) {
    this.cache = caches.create({
      name: catalogueCacheName,
      levels: 'l1+l2',
      ttlMs,
      memory: { maxBytes: 48 * 1_024 * 1_024 },
    });
  }

  /** Grows with every change of a course of the semester that this instance receives. */
  generation(semesterId: string): number {
    return this.generations.get(semesterId) ?? 0;
  }

  /** The courses of a department in a semester. */
  async departmentCatalogue(place: Place): Promise<FoundCatalogue> {
    const answer = await this.cache.get(keyOf(place), ({ atLeast }) => this.load(place, atLeast));
    return { catalogue: this.read(answer), source: answer.source };
  }

  /** A course that is in memory, at once. */
  peek(id: string): CourseState | undefined {
    const place = this.places.get(id);
    const answer = place && this.cache.lookup(keyOf(place));
    return answer && this.read(answer).course(id);
  }

  /** Where a course is listed, if this instance has seen it. */
  placeOf(id: string): Place | undefined {
    return this.places.get(id);
  }

  /** Takes over a state that is committed: from here on nothing older is read on this instance. */
  async apply(course: CourseState): Promise<void> {
    this.recent.recordState(course);
    this.remember(course);
    await this.cache.update(keyOf(course), { [course.id]: course.version }, (body) =>
      this.withKnownCounts(DepartmentCatalogue.read(body).with([course])).text(),
    );
    this.generations.set(course.semesterId, this.generation(course.semesterId) + 1);
  }

  /** Notes where a course is that was read from the table. */
  remember({ id, semesterId, departmentId }: CourseState): void {
    if (this.places.has(id)) return;
    if (this.places.size >= maxPlaces) this.places.clear();
    this.places.set(id, { semesterId, departmentId });
  }

  private async load(place: Place, atLeast: Readonly<Record<string, number>>): Promise<Loaded> {
    const { semesterId, departmentId } = place;
    const listed = await this.repository.ofDepartment(semesterId, departmentId);
    const catalogue = new DepartmentCatalogue([...listed, ...this.recent.of(semesterId, departmentId)]);
    const behind = Object.keys(atLeast).filter(
      (id) => (catalogue.course(id)?.version ?? 0) < (atLeast[id] ?? 0),
    );
    const whole = behind.length > 0 ? catalogue.with(await this.repository.byIds(behind)) : catalogue;
    return { body: await this.withCounts(whole), versions: whole.versions() };
  }

  /** Leaves out counts that are unavailable now: the reader that shows them loads them again. */
  private async withCounts(catalogue: DepartmentCatalogue): Promise<string> {
    await this.counts.ensure(catalogue.courses.map(({ id }) => id)).catch(() => undefined);
    return this.withKnownCounts(catalogue).text();
  }

  private withKnownCounts(catalogue: DepartmentCatalogue): DepartmentCatalogue {
    return catalogue.withCounts((id) => {
      const known = this.counts.peek(id);
      return known && plain(known);
    });
  }

  private read({ body }: CacheAnswer): DepartmentCatalogue {
    // A load always brings a body: a department without courses is an empty catalogue.
    if (!body) return new DepartmentCatalogue([]);
    const known = this.parsed.get(body);
    if (known) return known;
    const catalogue = DepartmentCatalogue.read(body.bytes);
    this.parsed.set(body, catalogue);
    for (const [id, counts] of catalogue.counts) this.counts.offer(id, counts);
    for (const course of catalogue.courses) this.remember(course);
    return catalogue;
  }
}

function keyOf({ semesterId, departmentId }: Place): CacheKey {
  return cacheKeys.catalogue({ semester: semesterId, department: departmentId });
}

function plain(counts: SequencedCounts): SequencedCounts {
  const { enrolledCount, waitlistedCount, seatsAvailable, classId, sequence } = counts;
  const ofCode = classId === undefined ? {} : { seatsAvailable, classId };
  return { enrolledCount, waitlistedCount, ...ofCode, sequence };
}

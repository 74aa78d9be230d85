import { Inject, Injectable } from '@nestjs/common';
import { CacheMetrics, CachedBody } from '@registrar/cache';
import type { AnswerSource, CacheCounts } from '@registrar/cache';
import { METRICS, steadyNow } from '@registrar/service';
import { SingleFlight } from '@registrar/async';
import { LRUCache } from 'lru-cache';
import type { Registry } from 'prom-client';
import { Catalogue } from './catalogue.ts';
import { InstructorNames } from './instructor-names.ts';
import { SeatCounts } from './seat-counts.ts';

/** Name of the pages in metrics; their misses go on to the department catalogues. */
const pagesCacheName = 'registrar-courses-pages';
/** How long changed counts may wait to be shown, ms: several changes share one rendering. */
const coalesceMs = 250;
/** After so long a rendering is made again, ms; where nothing changed, its bytes and their packed forms are kept. */
const recheckMs = 1_000;
/** The same while counts have to be asked for, ms: with 0.9 s until that shows, counts are at most 1 s old. */
const lateRecheckMs = 100;
const maxBytes = 32 * 1_024 * 1_024;
const overheadBytes = 600;

/** An answer as it was rendered: what it shows, and from where. */
export interface Rendering {
  text: string;
  source: AnswerSource;
  /** The courses whose counts decide what is in it. */
  courseIds: readonly string[];
}

/** What is to be rendered. */
interface RenderRequest {
  /** Names the answer: the query in its normal form. */
  key: string;
  /** The semester whose changes make it void; undefined where no course is in it. */
  semesterId: string | undefined;
  render: () => Promise<Rendering>;
}

/** Bytes to send, and the layer that they came from. */
export interface RenderedBody {
  body: CachedBody;
  source: AnswerSource;
}

interface Page {
  body: CachedBody;
  courseIds: readonly string[];
  generation: number;
  /** The counts that it shows: changes of all courses at its rendering, and the sum of the stamps of its `courseIds`. */
  changes: number;
  stamps: number;
  /** Changes of names at its rendering. */
  names: number;
  renderedAt: number;
}

/**
 * Answers of the catalogue as bytes, so that most requests cost one look-up.
 *
 * Guarantee: a page that was rendered before a change of a course in its semester is never given after `apply` of
 * that change; changed counts show after 0.25 s at most, changed names at once. Concurrent requests share a rendering.
 * Failure: that of the rendering; a page that is due is not given in its stead.
 */
@Injectable()
export class RenderedPages {
  private readonly pages = new LRUCache<string, Page>({
    maxSize: maxBytes,
    sizeCalculation: ({ body }, key) => body.maxSizeBytes + key.length * 2 + overheadBytes,
  });
  private readonly rendering = new SingleFlight<RenderedBody>();
  private readonly counted: CacheCounts;

  constructor(
    @Inject(METRICS) registry: Registry,
    private readonly catalogue: Catalogue,
    private readonly counts: SeatCounts,
    private readonly names: InstructorNames,
  ) {
    this.counted = CacheMetrics.of(registry).counts(pagesCacheName);
  }

  /** The page if it is in memory and holds: at once. */
  peek(key: string, semesterId: string | undefined): RenderedBody | undefined {
    const page = this.pages.get(key);
    if (!page || page.generation !== this.generationOf(semesterId)) return undefined;
    if (page.names !== this.names.changes) return undefined;
    const age = steadyNow() - page.renderedAt;
    const isDue = age > (this.counts.isLate ? lateRecheckMs : recheckMs);
    if (isDue || (age > coalesceMs && this.hasOtherCounts(page))) return undefined;
    this.counted.hits.l1 += 1;
    return { body: page.body, source: 'l1' };
  }

  /** The page, rendered where it is not in memory or does not hold. */
  async get(request: RenderRequest): Promise<RenderedBody> {
    const ready = this.peek(request.key, request.semesterId);
    if (ready) return ready;
    // A rendering that began before a change is not shared after it.
    const flight = `${this.generationOf(request.semesterId)} ${this.names.changes} ${request.key}`;
    return this.rendering.share(flight, () => this.make(request));
  }

  private async make({ key, semesterId, render }: RenderRequest): Promise<RenderedBody> {
    this.counted.misses += 1;
    const generation = this.generationOf(semesterId);
    const { changes } = this.counts;
    const { changes: names } = this.names;
    const { text, source, courseIds } = await render();
    const bytes = Buffer.from(text);
    const before = this.pages.peek(key)?.body;
    const body = before?.bytes.equals(bytes) ? before : CachedBody.of(bytes);
    const stamps = this.stampsOf(courseIds);
    this.pages.set(key, { body, courseIds, generation, changes, stamps, names, renderedAt: steadyNow() });
    return { body, source };
  }

  private hasOtherCounts(page: Page): boolean {
    const { changes } = this.counts;
    if (page.changes === changes) return false;
    if (this.stampsOf(page.courseIds) !== page.stamps) return true;
    page.changes = changes;
    return false;
  }

  /** Stamps only grow, so equal sums mean that none has changed. */
  private stampsOf(courseIds: readonly string[]): number {
    let sum = 0;
    for (const id of courseIds) sum += this.counts.stampOf(id);
    return sum;
  }

  private generationOf(semesterId: string | undefined): number {
    return semesterId === undefined ? 0 : this.catalogue.generation(semesterId);
  }
}

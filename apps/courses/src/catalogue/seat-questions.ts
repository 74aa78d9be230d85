import type { CourseSeats } from '@registrar/contracts-enrollments';
import { steadyNow } from '@registrar/service';

/** Asks enrollments for the seats of at most 200 courses. */
export type Ask = (courseIds: readonly string[]) => Promise<readonly CourseSeats[]>;

/** Called with every answer: what was asked for and found, and when it was asked, by the monotonic clock, ms. */
export type Answered = (courseIds: readonly string[], found: readonly CourseSeats[], askedAt: number) => void;

/** Ids in one question. */
const perQuestion = 200;
/** Questions under way at most: pages rendered at a cold start share them. */
const atOnce = 2;
/** After a failure nothing that is known is asked again for so long, ms. */
const restMs = 500;

/**
 * The questions to enrollments about how full courses are: those of all pages that are rendered at the moment, few
 * at a time and each of many courses. A service that is slow is asked less, not more.
 *
 * Failure: never rejects; what could not be asked for is left as it is known.
 */
export class SeatQuestions {
  private readonly waiting = new Map<string, PromiseWithResolvers<void>>();
  private readonly asked = new Map<string, Promise<void>>();
  private flights = 0;
  private lastMs = 0;
  private restUntil = 0;
  private starting: NodeJS.Immediate | undefined;

  constructor(
    private readonly ask: Ask,
    private readonly answered: Answered,
  ) {}

  /** How long the last question took, ms. */
  get tookMs(): number {
    return this.lastMs;
  }

  /** Asks for nothing that is known, for a while. */
  rest(): void {
    this.restUntil = steadyNow() + restMs;
  }

  /** Whether a question failed or took too long just now. */
  get isResting(): boolean {
    return steadyNow() < this.restUntil;
  }

  /** Resolves when all of these were asked for, by this call or by one that was before it. */
  async about(courseIds: readonly string[]): Promise<void> {
    await Promise.all(courseIds.map((id) => this.asked.get(id) ?? this.wait(id)));
  }

  private wait(id: string): Promise<void> {
    const known = this.waiting.get(id);
    if (known) return known.promise;
    const place = Promise.withResolvers<void>();
    this.waiting.set(id, place);
    // Pages that are rendered in the same turn of the event loop share a question.
    this.starting ??= setImmediate(() => {
      this.starting = undefined;
      this.pump();
    });
    return place.promise;
  }

  private pump(): void {
    while (this.flights < atOnce && this.waiting.size > 0) {
      const taken = [...this.waiting].slice(0, perQuestion);
      for (const [id, { promise }] of taken) {
        this.waiting.delete(id);
        this.asked.set(id, promise);
      }
      void this.fly(taken);
    }
  }

  private async fly(taken: readonly (readonly [string, PromiseWithResolvers<void>])[]): Promise<void> {
    const ids = taken.map(([id]) => id);
    const askedAt = steadyNow();
    this.flights += 1;
    try {
      this.answered(ids, await this.ask(ids), askedAt);
    } catch {
      // A caller without counts reports it; the health of enrollments shows why.
      this.rest();
    } finally {
      this.lastMs = steadyNow() - askedAt;
      this.flights -= 1;
      for (const [id, { resolve }] of taken) {
        this.asked.delete(id);
        resolve();
      }
      this.pump();
    }
  }
}

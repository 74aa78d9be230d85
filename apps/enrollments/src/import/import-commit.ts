import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import pMap from 'p-map';
import { isChangeRefused } from '@registrar/dynamodb';
import { refusalOf } from '@registrar/idempotency';
import type { IdempotentRequest } from '@registrar/idempotency';
import { Problem } from '@registrar/service';
import { OfferingCache } from '../enrollment/store/offering-cache.ts';
import { CourseCommitter } from '../registration/commit/course-committer.ts';
import type { ChangeSet } from '../registration/planning/change-set.ts';
import type { CommandOutcome } from '../registration/planning/commands.ts';
import type { Actor } from '../enrollment/enrollment.types.ts';
import { SeatsRepository } from '../seats/seats.repository.ts';
import type { SeatState } from '../seats/seat-state.rules.ts';
import { inFileOrder } from './file-order.ts';
import { bundleLines, changeOf } from './line-bundles.rules.ts';
import type { ImportedCourse, LineBundle } from './line-bundles.rules.ts';
import { verdictsOf } from './line-verdict.ts';
import type { LineVerdict, PersonLine } from './line-verdict.ts';

/** Courses read at a time. */
const concurrency = 16;
/** Changes under way at a time: enough to fill the groups of many courses, a fifth of what may wait. */
const maxUnderWay = 1_000;
/** A change that finds the service busy is tried so often; with the pauses that takes about 8 s. */
const maxTries = 7;
const longestPauseMs = 2_000;

/** The classes of the courses that lines name, and those of them that these lines alone would fill. */
interface Contention {
  classes: ReadonlyMap<string, string>;
  contended: ReadonlySet<string>;
}

/**
 * Enrolls the lines of an import, through the same commits as everybody's requests.
 *
 * Guarantee: as if the lines were done one after the other (in a course that has room for all of them it does not
 * matter who comes first, unless others take the seats in between), those of a bundle together where the first of them
 * is; each is decided once under `importId`, also when the import is sent again after a crash, and has then the verdict
 * of the first time, unless the courses' links were changed in between.
 * Failure: 503 when a line cannot be decided for some seconds; the lines before it stand, and the same import, sent
 * again under its key, continues from there.
 */
@Injectable()
export class ImportCommit {
  constructor(
    private readonly committer: CourseCommitter,
    private readonly seats: SeatsRepository,
    private readonly offerings: OfferingCache,
  ) {}

  async enrollLines(importId: string, lines: readonly PersonLine[], actor: Actor): Promise<LineVerdict[]> {
    const seats = await this.seats.states([...new Set(lines.map(({ courseId }) => courseId))]);
    const { bundles, refused } = bundleLines(lines, await this.coursesOf(seats));
    const { classes, contended } = contentionOf(lines, seats);
    const order = { limit: maxUnderWay, isContended: (classId: string) => contended.has(classId) };
    const changes = bundles.map((bundle) => {
      const classIds = bundle.lines.map(({ courseId }) => classes.get(courseId) ?? courseId);
      return { userId: bundle.userId, courseIds: [...new Set(classIds)], bundle };
    });
    const verdicts = await inFileOrder(changes, order, async ({ bundle }) => {
      const { answer } = await this.submit(changeOf(bundle, actor, bundleRequest(importId, bundle)));
      return verdictsOf(bundle.lines, answer);
    });
    return [...refused, ...verdicts.flat()];
  }

  private async coursesOf(seats: readonly SeatState[]): Promise<Map<string, ImportedCourse>> {
    const read = async ({ courseId, status, courseVersion }: SeatState) => {
      const offering = await this.offerings.atVersion(courseId, courseVersion);
      return offering ? [[courseId, { status, offering }] as const] : [];
    };
    return new Map((await pMap(seats, read, { concurrency })).flat());
  }

  private async submit(set: ChangeSet): Promise<CommandOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.committer.submit(set);
      } catch (error) {
        // A line that the store does not take is refused; it must not end the import for the others.
        const refusal = isChangeRefused(error) ? refusalOf(error) : undefined;
        if (refusal) return { answer: refusal, replayed: false, earlier: false };
        const isBusy = error instanceof Problem && error.status === 503;
        if (!isBusy || attempt === maxTries || this.committer.isStopping) throw error;
      }
      await delay(Math.random() * Math.min(longestPauseMs, 100 * 2 ** attempt));
    }
  }
}

/** Classes that these lines alone would fill, or in which it matters who takes which of the free seats. */
function contentionOf(lines: readonly PersonLine[], seats: readonly SeatState[]): Contention {
  const byCourse = Map.groupBy(lines, ({ courseId }) => courseId);
  const wantedOf = ({ courseId }: SeatState) => byCourse.get(courseId)?.length ?? 0;
  const byClass = [...Map.groupBy(seats, ({ courseId, classId = courseId }) => classId)];
  const full = byClass.filter(([, codes]) => {
    const wanted = codes.reduce((sum, each) => sum + wantedOf(each), 0);
    return codes.some((each) => {
      const { capacity, enrolledCount, waitlistedCount, reservations } = each;
      const { codeCapacity = Infinity, codeCount = 0 } = each;
      const isShort = capacity - enrolledCount < wanted || codeCapacity - codeCount < wantedOf(each);
      return waitlistedCount > 0 || reservations.length > 0 || isShort;
    });
  });
  const classes = seats.map(({ courseId, classId = courseId }) => [courseId, classId] as const);
  return { classes: new Map(classes), contended: new Set(full.map(([classId]) => classId)) };
}

/** A change of an import as a request of its own: the same lines of the same import are the same request. */
function bundleRequest(importId: string, { userId, lines }: LineBundle): IdempotentRequest {
  const [first, ...others] = lines.map(({ line, courseId }) => [line, userId, courseId]);
  const id = createHash('sha256')
    .update(JSON.stringify(['import', importId, ...(first ?? []), ...others]))
    .digest('base64url');
  return { id, fingerprint: id };
}

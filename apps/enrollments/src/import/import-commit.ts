import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { isChangeRefused } from '@registrar/dynamodb';
import { refusalOf } from '@registrar/idempotency';
import type { IdempotentRequest } from '@registrar/idempotency';
import { Problem } from '@registrar/service';
import { CourseCommitter } from '../registration/commit/course-committer.ts';
import { enrollment } from '../registration/planning/change-set.ts';
import type { ChangeSet } from '../registration/planning/change-set.ts';
import type { CommandOutcome } from '../registration/planning/commands.ts';
import type { Actor } from '../enrollment/enrollment.types.ts';
import { SeatsRepository } from '../seats/seats.repository.ts';
import { inFileOrder } from './file-order.ts';
import { verdictOf } from './line-verdict.ts';
import type { LineVerdict, PersonLine } from './line-verdict.ts';

/** Lines under way at a time: enough to fill the groups of many courses, a fifth of what may wait. */
const maxUnderWay = 1_000;
/** A line that finds the service busy is tried so often; with the pauses that takes about 8 s. */
const maxTries = 7;
const longestPauseMs = 2_000;

/**
 * Enrolls the lines of an import, through the same commits as everybody's requests.
 *
 * Guarantee: as if the lines were done one after the other (in a course that has room for all of them it does not
 * matter who comes first, unless others take the seats in between); each is decided once under `importId`, also when the
 * import is sent again after a crash, and has then the verdict of the first time.
 * Failure: 503 when a line cannot be decided for some seconds; the lines before it stand, and the same import, sent
 * again under its key, continues from there.
 */
@Injectable()
export class ImportCommit {
  constructor(
    private readonly committer: CourseCommitter,
    private readonly seats: SeatsRepository,
  ) {}

  async enrollLines(importId: string, lines: readonly PersonLine[], actor: Actor): Promise<LineVerdict[]> {
    const contended = await this.contended(lines);
    const order = { limit: maxUnderWay, isContended: (courseId: string) => contended.has(courseId) };
    return inFileOrder(lines, order, async (line) => {
      const { answer } = await this.submit(changeOf(importId, line, actor));
      return verdictOf(line.line, answer);
    });
  }

  /** Courses that these lines alone would fill. */
  private async contended(lines: readonly PersonLine[]): Promise<Set<string>> {
    const byCourse = Map.groupBy(lines, ({ courseId }) => courseId);
    const seats = await this.seats.read([...byCourse.keys()]);
    const full = seats.filter(
      ({ courseId, seatsAvailable, waitlistedCount }) =>
        waitlistedCount > 0 || seatsAvailable < (byCourse.get(courseId)?.length ?? 0),
    );
    return new Set(full.map(({ courseId }) => courseId));
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

function changeOf(importId: string, line: PersonLine, actor: Actor): ChangeSet {
  const { courseId, userId } = line;
  return enrollment({ courseId, userId, actor, joinWaitlist: true, request: lineRequest(importId, line) });
}

/** A line of an import as a request of its own: the same line of the same import is the same request. */
function lineRequest(importId: string, { line, userId, courseId }: PersonLine): IdempotentRequest {
  const id = createHash('sha256')
    .update(JSON.stringify(['import', importId, line, userId, courseId]))
    .digest('base64url');
  return { id, fingerprint: id };
}

import { Injectable } from '@nestjs/common';
import type { SemesterUpdate } from '@registrar/contracts-enrollments';
import { isDeepStrictEqual } from 'node:util';
import { Dynamo, retryOnConflict } from '@registrar/dynamodb';
import type { TransactAction } from '@registrar/dynamodb';
import { clockShiftMs } from '@registrar/service';
import { openingsOf } from '../enrollment/enrollment-window.rules.ts';
import type { SemesterRules } from '../enrollment/enrollment.types.ts';
import { rejudgeAction } from '../enrollment/store/rejudge.codec.ts';
import { SemestersRepository } from '../enrollment/store/semesters.repository.ts';

/**
 * Takes over windows and limits of semesters, before the courses service answers for them.
 *
 * Guarantee: a state not newer than the known one changes nothing. What may let waiting students in (a higher credit
 * limit, another window) is written together with the note that they are judged again; so are the moments at which
 * enrollment opens for more of them. Failure: 503; the courses service asks again.
 */
@Injectable()
export class SemestersService {
  constructor(
    private readonly dynamo: Dynamo,
    private readonly semesters: SemestersRepository,
  ) {}

  async put(id: string, update: SemesterUpdate): Promise<void> {
    await this.semesters.remember(id);
    await retryOnConflict(async () => {
      const before = await this.semesters.read(id);
      if (before && before.version >= update.version) return;
      await this.semesters.write(id, update, before?.version, this.rejudging(id, update, before));
    });
  }

  /** The note that waiting students are judged again: at once where this loosens anything, and at each opening to come. */
  private rejudging(id: string, update: SemesterUpdate, before: SemesterRules | undefined): TransactAction[] {
    const now = this.dynamo.now() + clockShiftMs();
    const { enrollmentOpensAt, tickets = [] } = update;
    const moments = openingsOf({ enrollmentOpensAt, tickets }).map((at) => Date.parse(at));
    const [next, ...later] = moments.filter((at) => at > now);
    if (before && loosens(before, update)) {
      const openings = next === undefined ? [] : [next, ...later];
      return [rejudgeAction(this.dynamo.tables, { semesterId: id }, update.version, now, openings)];
    }
    if (next === undefined) return [];
    return [rejudgeAction(this.dynamo.tables, { semesterId: id }, update.version, next, later)];
  }
}

/** Whether more students may take places than before. A window that differs in any way counts as one that may let some in. */
function loosens(before: SemesterRules, update: SemesterUpdate): boolean {
  const { enrollmentOpensAt, enrollmentClosesAt, creditLimit, tickets = [], pausedAt = null } = update;
  const isWindowSame =
    before.enrollmentOpensAt === enrollmentOpensAt &&
    before.enrollmentClosesAt === enrollmentClosesAt &&
    before.pausedAt === pausedAt &&
    isDeepStrictEqual(before.tickets, tickets);
  return creditLimit > before.creditLimit || !isWindowSame;
}

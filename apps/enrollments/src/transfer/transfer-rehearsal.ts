import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { StoredAnswer } from '@registrar/idempotency';
import { clockNow } from '@registrar/service';
import pMap from 'p-map';
import { Campus } from '../enrollment/campus.ts';
import { SetReader } from '../registration/commit/set-reader.ts';
import type { SetReading } from '../registration/commit/set-reader.ts';
import { answerOf } from '../registration/planning/change-answers.ts';
import { coursePlansOf } from '../registration/planning/course-plan.ts';
import type { CoursePlan } from '../registration/planning/course-plan.ts';
import { judgeChangeSet } from '../registration/planning/judge-changes.ts';
import type { Transfer } from './transfer.rules.ts';

/** Students read at a time. */
const concurrency = 16;
/** Students judged before others have their turn: some milliseconds. */
const perTurn = 50;

/**
 * Says what a transfer would come to, by the same rules, without writing anything: each student is judged on the seats
 * that those before would leave.
 *
 * It cannot foresee what others do at the same time. Failure: throws StoreUnavailable.
 */
@Injectable()
export class TransferRehearsal {
  constructor(
    private readonly sets: SetReader,
    private readonly campus: Campus,
  ) {}

  /** An answer for each, in their order. */
  async judge(transfers: readonly Transfer[]): Promise<StoredAnswer[]> {
    const readings = await pMap(transfers, ({ set }) => this.sets.read(set), { concurrency });
    const now = new Date(clockNow()).toISOString();
    const courses = new Map<string, CoursePlan>();
    const answers: StoredAnswer[] = [];
    for (const [at, { set }] of transfers.entries()) {
      if (at % perTurn === perTurn - 1) await nextTurn();
      const { student, offerings, courses: views } = readings[at] ?? nothing;
      const plans = shared(courses, views, now);
      const results = judgeChangeSet(set, plans, student, { now, campus: this.campus, offerings });
      answers.push('refusal' in results ? results : answerOf(results));
    }
    return answers;
  }
}

/** Plans of these courses: those that others have changed already, where there are any. */
function shared(
  courses: Map<string, CoursePlan>,
  views: SetReading['courses'],
  now: string,
): Map<string, CoursePlan> {
  const plans = coursePlansOf(views);
  for (const [id, read] of plans) {
    const known = courses.get(id);
    if (known) plans.set(id, known);
    else {
      read.takeReleases(now);
      courses.set(id, read);
    }
  }
  return plans;
}

const nothing: SetReading = { courses: [], student: undefined, offerings: new Map(), record: undefined };

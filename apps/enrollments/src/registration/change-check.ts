import { Injectable } from '@nestjs/common';
import type { StoredAnswer } from '@registrar/idempotency';
import { clockNow } from '@registrar/service';
import { Campus } from '../enrollment/campus.ts';
import { SetReader } from './commit/set-reader.ts';
import type { SetReading } from './commit/set-reader.ts';
import type { ChangeSet } from './planning/change-set.ts';
import { dryRunAnswer } from './planning/change-answers.ts';
import { coursePlansOf } from './planning/course-plan.ts';
import { judgeChangeSet } from './planning/judge-changes.ts';

/**
 * Judges a change set as a commit would at this moment, and changes nothing.
 *
 * It costs one BatchGet; one more read where the meetings of a course are not in memory, or linked sections are given up
 * too. Failure: throws StoreUnavailable; Problem 422 for courses of several semesters and for too many changes.
 */
@Injectable()
export class ChangeCheck {
  constructor(
    private readonly sets: SetReader,
    private readonly campus: Campus,
  ) {}

  /** What the set would come to now. */
  async judge(set: ChangeSet): Promise<StoredAnswer> {
    return this.judgeOn(await this.sets.read(set), set);
  }

  private judgeOn({ courses, student, offerings }: SetReading, set: ChangeSet): StoredAnswer {
    const now = new Date(clockNow()).toISOString();
    const plans = coursePlansOf(courses);
    for (const course of plans.values()) course.takeReleases(now);
    const results = judgeChangeSet(set, plans, student, { now, campus: this.campus, offerings });
    return 'refusal' in results ? results : { status: 200, body: dryRunAnswer(set, results) };
  }
}

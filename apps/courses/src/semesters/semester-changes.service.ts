import { Injectable } from '@nestjs/common';
import type { PutSemesterRequest, Semester } from '@registrar/contracts-courses';
import { retryOnConflict } from '@registrar/dynamodb';
import type { Answer } from '@registrar/idempotency';
import { newId, refuseStale, serviceUnavailable, validationFailed } from '@registrar/service';
import { PendingChangeRunner, leaseMs } from '../pending-changes/pending-change-runner.ts';
import { SemesterChangeStore } from './semester-change.store.ts';
import { semesterAnswer } from './semester-answer.ts';
import { closingFaults, statedSemester } from './semester.rules.ts';
import { SemestersService } from './semesters.service.ts';

const unknownSemester = { state: undefined, lastVersion: 0 };

/**
 * States semesters, each change agreed with enrollments before it is committed.
 *
 * Guarantee and failure: as of a course's change. Stating the same again changes nothing.
 */
@Injectable()
export class SemesterChangesService {
  constructor(
    private readonly store: SemesterChangeStore,
    private readonly semesters: SemestersService,
  ) {}

  /**
   * The semester as it is after the change.
   *
   * @throws Problem 412 where `ifMatch` is given, 422
   */
  put(
    actorId: string,
    id: string,
    stated: PutSemesterRequest,
    ifMatch: string | undefined,
  ): Promise<Answer<Semester>> {
    const runner = new PendingChangeRunner(this.store);
    return retryOnConflict(async () => {
      const stored = (await runner.readCompleted(id)) ?? unknownSemester;
      const before = stored.state;
      refuseStale(ifMatch, { thing: 'semester', version: before?.version ?? 0 });
      const faults = closingFaults(before, stated);
      if (faults.length > 0) throw validationFailed(faults);
      const state = statedSemester(id, stored, stated, new Date().toISOString());
      if (!state && before) {
        // The request that committed it may not have updated the caches, or have died before it did.
        await this.semesters.apply(before);
        return semesterAnswer(before);
      }
      if (!state) throw serviceUnavailable('The semester cannot be changed right now. Try again.');
      const pending = { token: newId('int'), state, actorId, leasedUntil: this.store.now() + leaseMs };
      await this.store.begin(pending, before?.version);
      // Where another instance completed it first, the next try finds the result.
      await runner.complete(id, pending);
      return semesterAnswer(state);
    });
  }
}

import { Injectable } from '@nestjs/common';
import type { PutSemesterRequest, Semester } from '@registrar/contracts-courses';
import { TransactionCancelled } from '@registrar/dynamodb';
import { newId, serviceUnavailable } from '@registrar/service';
import { IntentRunner, leaseMs } from '../agreement/intent-runner.ts';
import { SemesterChangeStore } from './semester-change.store.ts';
import { statedSemester } from './semester.rules.ts';
import { SemestersService } from './semesters.service.ts';

const maxTries = 5;
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

  /** The semester as it is after the change. */
  async put(actorId: string, id: string, stated: PutSemesterRequest): Promise<Semester> {
    const runner = new IntentRunner(this.store);
    for (let attempt = 0; attempt < maxTries; attempt += 1) {
      const held = (await runner.settled(id)) ?? unknownSemester;
      const before = held.state;
      const state = statedSemester(id, held, stated, new Date().toISOString());
      if (!state && before) {
        // The request that committed it may not have told the caches, or have died before it did.
        await this.semesters.apply(before);
        return before;
      }
      if (!state) break;
      const intent = { token: newId('int'), state, actorId, leasedUntil: this.store.now() + leaseMs };
      if (!(await this.store.begin(intent, before?.version))) continue;
      try {
        await runner.carryOut(id, intent);
        return state;
      } catch (error) {
        // Another instance brought it to its end: what it came to is found by looking again.
        if (!(error instanceof TransactionCancelled) || error.isRefused) throw error;
      }
    }
    throw serviceUnavailable('This semester is being changed by others at this moment. Try again.');
  }
}

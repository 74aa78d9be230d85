import { Injectable } from '@nestjs/common';
import type { SemesterUpdate } from '@registrar/contracts-enrollments';
import { Dynamo, retryOnConflict } from '@registrar/dynamodb';
import { rejudgeAction } from '../enrollment/store/rejudge.codec.ts';
import { SemestersRepository } from '../enrollment/store/semesters.repository.ts';

/**
 * Takes over windows and limits of semesters, before the courses service answers for them.
 *
 * Guarantee: a state not newer than the known one changes nothing. A higher credit limit is written together with
 * the note that the waiting students of the semester are judged again; promotions that waited for a window are
 * found by the sweeper once it is open. Failure: 503; the courses service asks again.
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
      const loosens = before !== undefined && update.creditLimit > before.creditLimit;
      const owed = loosens
        ? [rejudgeAction(this.dynamo.tables, { semesterId: id }, update.version, this.dynamo.now())]
        : [];
      await this.semesters.write(id, update, before?.version, owed);
    });
  }
}

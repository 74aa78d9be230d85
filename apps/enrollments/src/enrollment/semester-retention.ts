import { Inject, Injectable } from '@nestjs/common';
import { expiryOf } from '@registrar/dynamodb';
import { CONFIG, clockNow } from '@registrar/service';
import type { EnrollmentsConfig } from '../enrollments.config.ts';
import type { SemesterRules } from './enrollment.types.ts';
import { SemestersRepository } from './store/semesters.repository.ts';

/** How long what belongs to a semester is kept: so many days after its last deadline, and no fewer from now. */
@Injectable()
export class SemesterRetention {
  constructor(
    private readonly semesters: SemestersRepository,
    @Inject(CONFIG) private readonly config: EnrollmentsConfig,
  ) {}

  /** TTL of a permit or of a request for one, seconds; undefined where the semester is not known. */
  async permits(semesterId: string): Promise<number | undefined> {
    const semester = await this.semesters.read(semesterId);
    return semester && this.after(semester, this.config.RETENTION_PERMITS_DAYS);
  }

  /** TTL of a plan, seconds. */
  plans(semester: SemesterRules): number {
    return this.after(semester, this.config.RETENTION_PLANS_DAYS);
  }

  private after({ withdrawDeadlineAt }: SemesterRules, days: number): number {
    return expiryOf(Math.max(Date.parse(withdrawDeadlineAt), clockNow()), days);
  }
}

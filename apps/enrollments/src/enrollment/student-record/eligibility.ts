import { earnedCredits, passedCourses } from '@registrar/eligibility';
import type { GradeScale, MatchedStudent, PassedCourse } from '@registrar/eligibility';
import type { StudentRecord } from './student-record.types.ts';

/** A student as matches and requirements see them. What takes counting is counted when it is asked for first. */
export class Eligibility implements MatchedStudent {
  private passedOnce: ReadonlyMap<string, PassedCourse> | undefined;

  constructor(
    private readonly record: StudentRecord,
    readonly scale: GradeScale,
  ) {}

  get programs(): readonly string[] {
    return this.record.programs;
  }

  get level(): string | null {
    return this.record.level;
  }

  get groups(): readonly string[] {
    return this.record.groups;
  }

  /** Passed courses by code in upper case. */
  get passed(): ReadonlyMap<string, PassedCourse> {
    return (this.passedOnce ??= passedCourses(this.record.completions, this.scale));
  }

  get earnedCredits(): number {
    return earnedCredits(this.passed);
  }
}

import type { CourseState } from '@registrar/contracts-courses';
import { steadyNow } from '@registrar/service';

/** An index lags by far less than this, ms. */
const keptMs = 60_000;

interface Kept {
  course: CourseState;
  until: number;
}

/** Courses that changed a moment ago, by this instance or by events: an index may not show them yet. */
export class RecentChanges {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly now: () => number = steadyNow) {}

  /** Keeps a state for 60 s, unless a newer one is kept. */
  recordState(course: CourseState): void {
    this.forgetOld();
    const known = this.kept.get(course.id);
    if (known && known.course.version > course.version) return;
    this.kept.delete(course.id);
    this.kept.set(course.id, { course, until: this.now() + keptMs });
  }

  /** A course that changed a moment ago. */
  get(id: string): CourseState | undefined {
    this.forgetOld();
    return this.kept.get(id)?.course;
  }

  /** Those of one department in one semester. */
  of(semesterId: string, departmentId: string): CourseState[] {
    this.forgetOld();
    return [...this.kept.values()]
      .map(({ course }) => course)
      .filter((course) => course.semesterId === semesterId && course.departmentId === departmentId);
  }

  /** Kept in the order of their ends, as all are kept for the same time. */
  private forgetOld(): void {
    for (const [id, { until }] of this.kept) {
      if (until > this.now()) return;
      this.kept.delete(id);
    }
  }
}

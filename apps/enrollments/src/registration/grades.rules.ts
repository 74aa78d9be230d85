import type { GradeScale } from '@registrar/eligibility';
import { validationFailed } from '@registrar/service';

/** Says that a grade is not one of this campus. */
export function unknownGrade(grade: string): string {
  return `"${grade}" is not a grade here: use a letter of the grade scale, P, or a mark from 0 to 100.`;
}

/** @throws Problem 422 that names each grade that is not one */
export function requireGrades(
  scale: GradeScale,
  asked: readonly { path: string; grade: string | null | undefined }[],
): void {
  const faults = asked.flatMap(({ path, grade }) => {
    if (grade === undefined || grade === null || scale.isGrade(grade)) return [];
    return [{ path, code: 'invalid_value' as const, message: unknownGrade(grade) }];
  });
  if (faults.length > 0) throw validationFailed(faults);
}

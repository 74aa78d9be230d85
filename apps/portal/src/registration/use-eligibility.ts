import { useMemo } from 'react';
import type { CourseHistory, GradeScale } from '@registrar/eligibility/rules';
import { isSettled } from '../api/queries.ts';
import type { Read } from '../api/queries.ts';
import { requirementOf } from '../catalogue/course-terms.ts';
import type { Course } from '../catalogue/use-courses-by-id.ts';
import { historyOf } from './eligibility.rules.ts';
import type { Enrollment } from './own-enrollments.ts';
import type { Completion, Student } from './own-record.ts';
import { useCompletions, useGradeScale, useOwnRecord } from './own-record.ts';

/** What the reader has done, as requirements and restrictions see it. */
export interface Eligibility {
  /** Undefined while it is not known, and without a session. */
  readonly record: Student | undefined;
  /** Undefined while it is not known, without a session, and where the course requires nothing. */
  readonly history: CourseHistory | undefined;
  readonly scale: GradeScale;
  readonly completions: Read<readonly Completion[]>;
  /** All of this has been read, or cannot be. */
  readonly isSettled: boolean;
}

/** The reader's eligibility for a course. @param enrollments own ones of the course's semester */
export function useEligibility(course: Course, enrollments: readonly Enrollment[]): Eligibility {
  const scale = useGradeScale();
  const record = useOwnRecord();
  const completions = useCompletions(requirementOf(course) !== undefined);
  const history = useMemo(
    () => historyOf(completions.data, enrollments, scale),
    [completions.data, enrollments, scale],
  );
  return {
    record: record.data,
    history,
    scale,
    completions,
    isSettled: isSettled(record) && isSettled(completions),
  };
}

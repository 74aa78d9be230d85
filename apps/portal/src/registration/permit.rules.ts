import type { AnswerTo } from '../api/routes.ts';

/** A permit. */
export type Permit = AnswerTo<'GET /api/permits/me'>['items'][number];

/** The own permits for a course that can be used at `nowMs`. */
export function usablePermits(
  permits: readonly Permit[],
  { courseId, nowMs }: { readonly courseId: string; readonly nowMs: number },
): readonly Permit[] {
  return permits.filter(
    (permit) =>
      permit.courseId === courseId &&
      permit.usedAt === null &&
      permit.revokedAt === null &&
      (permit.expiresAt === null || Date.parse(permit.expiresAt) > nowMs),
  );
}

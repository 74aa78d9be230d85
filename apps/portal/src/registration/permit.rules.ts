import type { AnswerTo } from '../api/routes.ts';

/** A permit. */
export type Permit = AnswerTo<'GET /api/permits/me'>['items'][number];

/** The own permit for a course that can be used at `nowMs` for that refusal; undefined where there is none. */
export function usablePermit(
  permits: readonly Permit[],
  { courseId, code, nowMs }: { readonly courseId: string; readonly code: string; readonly nowMs: number },
): Permit | undefined {
  return permits.find(
    (permit) =>
      permit.courseId === courseId &&
      (permit.allows as readonly string[]).includes(code) &&
      permit.usedAt === null &&
      permit.revokedAt === null &&
      (permit.expiresAt === null || Date.parse(permit.expiresAt) > nowMs),
  );
}

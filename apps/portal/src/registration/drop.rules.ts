import type { EnrollmentStatus } from '@registrar/contracts-enrollments';

/** Until when a seat is dropped without a trace, and until when it can be withdrawn from (RFC 3339). */
export interface DropTimes {
  readonly dropDeadlineAt: string;
  readonly withdrawDeadlineAt: string;
}

/** What follows from dropping now. `too-late`: the server refuses. */
export type DropEffect = 'leave' | 'drop' | 'withdraw' | 'too-late' | 'unknown';

/** What follows from dropping at `nowMs`. A waiting place can always be left. */
export function dropEffect(
  status: EnrollmentStatus,
  times: DropTimes | undefined,
  nowMs: number,
): DropEffect {
  if (status === 'waitlisted') return 'leave';
  if (times === undefined) return 'unknown';
  if (nowMs <= Date.parse(times.dropDeadlineAt)) return 'drop';
  return nowMs <= Date.parse(times.withdrawDeadlineAt) ? 'withdraw' : 'too-late';
}

import type { EnrollmentRow } from './snapshot.ts';

/**
 * The one change of an enrollment without an event: what a waiting place gives up for its seat. It stands in the history,
 * raises the versions of enrollment and semester, and shows nowhere else: nothing that is judged by events knows of it.
 */
export function isAmendment({ action }: EnrollmentRow['history'][number]): boolean {
  return action === 'amended';
}

/** How often that was changed. */
export function amendmentsOf({ history }: Pick<EnrollmentRow, 'history'>): number {
  return history.filter(isAmendment).length;
}

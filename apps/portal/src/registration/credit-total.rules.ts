import type { Enrollment } from '@registrar/contracts-enrollments';

/** Credits of a semester: taken (enrolled and completed), and waited for. Sums of quarters are exact. */
export function creditTotals(enrollments: readonly Pick<Enrollment, 'status' | 'credits'>[]): {
  readonly taken: number;
  readonly waiting: number;
} {
  const sumOf = (...statuses: readonly Enrollment['status'][]) =>
    enrollments.reduce((sum, { status, credits }) => (statuses.includes(status) ? sum + credits : sum), 0);
  return { taken: sumOf('enrolled', 'completed'), waiting: sumOf('waitlisted') };
}

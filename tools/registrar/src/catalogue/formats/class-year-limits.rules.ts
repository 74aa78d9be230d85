import type { Loss, SectionFields } from '../offered-section.ts';

const levels = ['freshman', 'sophomore', 'junior', 'senior'] as const;

/** Most seats of each class year; undefined where it has no limit of its own. */
export type YearLimits = readonly (number | undefined)[];

/**
 * Limits of class years as restriction and reservations.
 *
 * Held without loss: years that are shut out; one limited year, by keeping the other seats for the others; and limits of
 * all years that come to the capacity, by keeping each its seats.
 */
export function yearLimits(
  limits: YearLimits,
  capacity: number,
): { fields: Pick<SectionFields, 'restriction' | 'reservations'>; losses: Loss[] } {
  const letIn = levels.filter((_, at) => limits[at] !== 0);
  const limited = levels.flatMap((level, at) => (limits[at] ? [{ level, seats: limits[at] }] : []));
  const free = letIn.filter((level) => !limited.some((each) => each.level === level));
  const restriction = letIn.length < levels.length && letIn.length > 0 ? { levels: [...letIn] } : undefined;
  const sum = limited.reduce((total, { seats }) => total + seats, 0);
  const lossOf = (cause: string) => [
    {
      kind: 'model' as const,
      cause,
      detail: `${limits.map((limit) => limit ?? '-').join('/')} of ${capacity}`,
    },
  ];
  if (letIn.length === 0) {
    return { fields: {}, losses: lossOf('No class year may take it: only those who are permitted.') };
  }
  if (limited.length === 0) return { fields: { ...(restriction && { restriction }) }, losses: [] };
  if (free.length === 0 && sum === capacity) {
    const reservations = limited.map(({ level, seats }) => reservationOf([level], seats));
    return { fields: { ...(restriction && { restriction }), reservations }, losses: [] };
  }
  const [only] = limited;
  if (only && limited.length === 1 && free.length > 0) {
    const reservations = only.seats < capacity ? [reservationOf(free, capacity - only.seats)] : [];
    return { fields: { ...(restriction && { restriction }), reservations }, losses: [] };
  }
  return {
    fields: { ...(restriction && { restriction }) },
    losses: lossOf('Limits of several class years that do not come to the capacity.'),
  };
}

function reservationOf(own: readonly string[], seats: number) {
  return { name: own.join(', '), seats, match: { levels: [...own] } };
}

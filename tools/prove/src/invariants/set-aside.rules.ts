import type { Fact, PermitRow, Snapshot } from '../snapshot/snapshot.ts';

/** What was set aside for a place: by a registrar's override, or by a permit. */
export class SetAside {
  private readonly byPlace: Map<string, PermitRow[]>;
  private readonly enrollments: Snapshot['enrollments'];

  constructor({ permits, enrollments }: Pick<Snapshot, 'permits' | 'enrollments'>) {
    this.byPlace = Map.groupBy(permits, ({ userId, courseId }) => `${userId} ${courseId}`);
    this.enrollments = enrollments;
  }

  /** Codes that were set aside, or could be by the permits that a change used. */
  of({ data }: Fact): ReadonlySet<string> {
    const { userId, courseId, id, version } = data.enrollment;
    const permits = this.byPlace.get(`${userId} ${courseId}`) ?? [];
    const named = this.enrollments.get(id)?.history[version - 1]?.permitId;
    const used = permits.filter((permit) => permit.id === named || permit.usedAt === data.occurredAt);
    return new Set([...data.override, ...used.flatMap(({ allows }) => allows)]);
  }

  /** Whether a change gave a seat whatever was free. */
  isBeyondFree(fact: Fact): boolean {
    const codes = this.of(fact);
    return codes.has('seat_unavailable') || codes.has('seat_reserved');
  }
}

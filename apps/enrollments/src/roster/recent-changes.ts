import { Injectable } from '@nestjs/common';
import type { Enrollment } from '@registrar/contracts-enrollments';
import { LRUCache } from 'lru-cache';

/** Changes are remembered for so long, ms: many times what an index needs to follow its table. */
const rememberedMs = 10_000;
/** About 10 MB; beyond it the oldest are forgotten sooner. */
const maxRemembered = 20_000;

interface RecentChange {
  enrollment: Enrollment;
  classId: string;
}

/**
 * What changed in the last seconds, by the events: an index follows its table when it can, usually within a
 * second, and a roster shall show what was acknowledged before it is read.
 */
@Injectable()
export class RecentChanges {
  private readonly changes = new LRUCache<string, RecentChange>({ max: maxRemembered, ttl: rememberedMs });

  /** Notes the state of an enrollment after a change. @param classId where the course is another code for a class */
  note(enrollment: Enrollment, classId: string = enrollment.courseId): void {
    const known = this.changes.get(enrollment.id)?.enrollment;
    if (!known || known.version < enrollment.version)
      this.changes.set(enrollment.id, { enrollment, classId });
  }

  /** The newest states of enrollments in a class that changed a moment ago. */
  of(classId: string): Enrollment[] {
    const changes = [...this.changes.values()].filter((each) => each.classId === classId);
    return changes.map(({ enrollment }) => enrollment);
  }
}

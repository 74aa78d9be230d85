import { enrollment, removal } from '../planning/change-set.ts';
import type { ChangeSet } from '../planning/change-set.ts';

/** A student's own request for a place. */
export function enrolling(courseId: string, userId: string, joinWaitlist = true): ChangeSet {
  const actor = { id: userId, role: 'student' } as const;
  const request = { id: userId, fingerprint: 'f' };
  return enrollment({ courseId, userId, actor, joinWaitlist, request });
}

/** A student's own request to give a place up. */
export function dropping(courseId: string, userId: string): ChangeSet {
  return removal({ courseId, userId, actor: { id: userId, role: 'student' } });
}

import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import type { Enrollment } from '@registrar/contracts-enrollments';
import { withoutReservation } from './answers.ts';
import type { Actor } from './enrollment.types.ts';

/** Whether `user` may see an enrollment: the own one, one in a course that the user teaches, any for a registrar. */
export function mayRead(
  user: Pick<Identity, 'id' | 'roles'>,
  ownerId: string,
  instructorIds: readonly string[],
): boolean {
  return user.id === ownerId || hasRole(user, 'registrar') || isInstructor(user, instructorIds);
}

/** Whether `user` teaches the course. */
export function isInstructor(
  user: Pick<Identity, 'id' | 'roles'>,
  instructorIds: readonly string[],
): boolean {
  return hasRole(user, 'instructor') && instructorIds.includes(user.id);
}

/**
 * An enrollment as `user` may see it: which reserved seat it has is between its student and the registrar's office,
 * and not for instructors.
 */
export function asSeenBy<E extends Pick<Enrollment, 'userId' | 'reservation'>>(
  user: Pick<Identity, 'id' | 'roles'>,
  enrollment: E,
): E {
  const seesAll = user.id === enrollment.userId || hasRole(user, 'registrar');
  return seesAll ? enrollment : withoutReservation(enrollment);
}

/** In what role `user` acts on an enrollment of `ownerId`. */
export function actorOf(user: Pick<Identity, 'id' | 'roles'>, ownerId: string): Actor {
  if (user.id === ownerId) return { id: user.id, role: 'student' };
  if (hasRole(user, 'registrar'))
    return { id: user.id, role: user.roles.includes('registrar') ? 'registrar' : 'admin' };
  return { id: user.id, role: 'instructor' };
}

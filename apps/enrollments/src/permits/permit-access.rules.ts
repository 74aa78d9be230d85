import { hasRole } from '@registrar/auth';
import type { Identity } from '@registrar/auth';
import { instructorAllows } from '@registrar/contracts-enrollments';
import type { RefusalCode } from '@registrar/contracts-enrollments';

const ofInstructors: readonly RefusalCode[] = instructorAllows;

/** Those of `allows` that `user` may not set aside: instructors may a part, registrars all. */
export function beyondRight(
  user: Pick<Identity, 'roles'>,
  allows: readonly RefusalCode[],
): readonly RefusalCode[] {
  return hasRole(user, 'registrar') ? [] : allows.filter((code) => !ofInstructors.includes(code));
}

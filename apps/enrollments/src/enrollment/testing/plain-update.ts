import type { OfferingUpdate } from '@registrar/contracts-enrollments';

/** A change of a course as the courses service announces it. */
export function plainUpdate(change: Partial<OfferingUpdate> = {}): OfferingUpdate {
  return {
    semesterId: 'spring',
    departmentId: 'MATH',
    code: 'ALGEBRA',
    section: '1',
    title: 'Linear algebra',
    credits: 3,
    instructorIds: [],
    capacity: 2,
    waitlistCapacity: 2,
    meetings: [],
    prerequisites: [],
    status: 'open',
    version: 1,
    actorId: 'usr_registrar',
    ...change,
  };
}

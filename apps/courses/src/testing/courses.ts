import type { CourseState } from '@registrar/contracts-courses';

/** A course for tests of rules; `fields` say what matters. */
export function courseState(fields: Partial<CourseState> = {}): CourseState {
  return {
    id: 'crs_a',
    semesterId: '2026-fall',
    departmentId: 'CS',
    code: 'CS-101',
    section: '1',
    component: 'lecture',
    topic: null,
    title: 'Introduction to Programming',
    description: '',
    credits: 3,
    instructorIds: [],
    capacity: 30,
    waitlistCapacity: 0,
    meetings: [],
    prerequisites: [],
    enrollmentClosesAt: null,
    dropDeadlineAt: null,
    withdrawDeadlineAt: null,
    requirement: null,
    restriction: null,
    consent: 'none',
    reservations: [],
    linked: [],
    crossListedOf: null,
    minCredits: null,
    status: 'open',
    version: 1,
    createdAt: '2026-08-01T08:00:00.000Z',
    updatedAt: '2026-08-01T08:00:00.000Z',
    ...fields,
  };
}

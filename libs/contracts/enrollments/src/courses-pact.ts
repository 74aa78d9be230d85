/** One thing that a service asks of another, and the answer that it needs. */
interface Interaction {
  readonly asks: string;
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly body: object;
  readonly status: number;
  /** An answer as the asker understands it: the provider's has at least these members, of the same types. */
  readonly answer: Readonly<Record<string, unknown>>;
}

const courseId = 'crs_pactpactpactpactpact';
const seats = {
  courseId,
  capacity: 30,
  enrolledCount: 0,
  waitlistedCount: 0,
  seatsAvailable: 30,
  sequence: 0,
  version: 1,
};

/**
 * What the courses service asks of enrollments, in order. The specs of both sides use it: the asker's client meets a
 * stub that answers so, and the provider is asked so.
 */
export const coursesPact = {
  semester: {
    asks: 'takes over the windows of a semester',
    method: 'PUT',
    path: '/internal/semesters/pact',
    body: {
      enrollmentOpensAt: '2026-01-01T00:00:00.000Z',
      enrollmentClosesAt: '2026-02-01T00:00:00.000Z',
      dropDeadlineAt: '2026-03-01T00:00:00.000Z',
      withdrawDeadlineAt: '2026-04-01T00:00:00.000Z',
      creditLimit: 18,
      tickets: [{ name: 'Seniors', match: { levels: ['senior'] }, opensAt: '2025-12-20T00:00:00.000Z' }],
      pausedAt: null,
      version: 1,
    },
    status: 200,
    answer: { semesterId: 'pact', version: 1 },
  },
  offering: {
    asks: 'takes over a course and says its seats',
    method: 'PUT',
    path: `/internal/offerings/${courseId}`,
    body: {
      semesterId: 'pact',
      departmentId: 'CS',
      code: 'CS 101',
      section: '1',
      component: 'lab',
      topic: 'Robots',
      title: 'Programming',
      credits: 3,
      instructorIds: [],
      capacity: 30,
      waitlistCapacity: 5,
      meetings: [
        {
          day: 'mon',
          start: '09:00',
          end: '10:00',
          room: 'A 1',
          startsOn: '2026-01-12',
          endsOn: '2026-03-06',
        },
      ],
      prerequisites: [],
      status: 'open',
      enrollmentClosesAt: '2026-01-20T00:00:00.000Z',
      dropDeadlineAt: '2026-02-01T00:00:00.000Z',
      withdrawDeadlineAt: null,
      requirement: { any: [{ course: 'CS 100', minGrade: 'C' }, { credits: 30 }] },
      restriction: { programs: ['CS-BS'] },
      consent: 'instructor',
      minCredits: 1.5,
      reservations: [
        { name: 'Honors', seats: 10, match: { groups: ['honors'] }, releasesAt: '2026-01-15T00:00:00.000Z' },
        { name: 'Seniors', seats: 5, match: { levels: ['senior'] }, releasesAt: null },
      ],
      linked: [{ component: 'discussion', courseIds: ['crs_pactdiscussiondiscus'] }],
      crossListedOf: null,
      version: 1,
      actorId: 'usr_registrar',
    },
    status: 200,
    answer: seats,
  },
  seats: {
    asks: 'counts the seats of the courses that it knows',
    method: 'POST',
    path: '/internal/seats/batch-get',
    body: { courseIds: [courseId, 'crs_unknownunknownunkno'] },
    status: 200,
    answer: { items: [seats] },
  },
} as const satisfies Record<string, Interaction>;

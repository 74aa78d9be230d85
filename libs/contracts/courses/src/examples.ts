/** What a registrar says of the course that the documentation shows. */
export const courseFields = {
  semesterId: '2026-fall',
  departmentId: 'CS',
  code: 'CS 101',
  section: '1',
  component: 'lecture',
  topic: null,
  title: 'Introduction to Programming',
  description: 'Values, functions, and how to think of programs.',
  credits: 4,
  instructorIds: [],
  capacity: 120,
  waitlistCapacity: 20,
  meetings: [{ day: 'mon', start: '09:00', end: '10:30', room: 'A 12' }],
  prerequisites: [],
  enrollmentClosesAt: '2026-09-11T21:00:00.000Z',
  dropDeadlineAt: '2026-09-25T21:00:00.000Z',
  withdrawDeadlineAt: '2026-10-09T21:00:00.000Z',
  requirement: {
    any: [{ course: 'MATH 100', minGrade: 'C' }, { course: 'CS 100', concurrent: true }, { credits: 60 }],
  },
  restriction: { programs: ['CS-BS', 'CS-MINOR'] },
  consent: 'none',
  reservations: [
    { name: 'Honors', seats: 20, match: { groups: ['honors'] }, releasesAt: '2026-08-25T04:00:00.000Z' },
  ],
  linked: [],
  crossListedOf: null,
  minCredits: null,
  status: 'open',
};

/** The course that the documentation shows. */
export const course = {
  id: 'crs_ixnwe5md5ibxebc7g33w',
  ...courseFields,
  version: 1,
  createdAt: '2026-06-01T08:00:00.000Z',
  updatedAt: '2026-06-01T08:00:00.000Z',
  enrolledCount: 0,
  waitlistedCount: 0,
  seatsAvailable: 120,
  instructors: [],
};

/** What a registrar says of the semester that the documentation shows. */
export const semesterFields = {
  name: 'Fall 2026',
  startsOn: '2026-09-01',
  endsOn: '2026-12-18',
  enrollmentOpensAt: '2026-06-01T08:00:00.000Z',
  enrollmentClosesAt: '2026-12-01T00:00:00.000Z',
  dropDeadlineAt: '2026-12-05T00:00:00.000Z',
  withdrawDeadlineAt: '2026-12-10T00:00:00.000Z',
  creditLimit: 18,
  current: true,
  tickets: [
    { name: 'Seniors', match: { levels: ['senior'], minCredits: 90 }, opensAt: '2026-05-28T12:00:00.000Z' },
    { name: 'Honors', match: { groups: ['honors'] }, opensAt: '2026-05-29T12:00:00.000Z' },
  ],
  holidays: ['2026-11-26', '2026-11-27'],
  pausedAt: null,
};

/** The semester that the documentation shows. */
export const semester = {
  id: '2026-fall',
  ...semesterFields,
  version: 1,
  updatedAt: '2026-05-01T08:00:00.000Z',
};

/** The department that the documentation shows. */
export const department = {
  id: 'CS',
  name: 'Computer Science',
  version: 1,
  updatedAt: '2026-05-01T08:00:00.000Z',
};

/** The course of the documentation's examples. */
export const courseId = 'crs_ixnwe5md5ibxebc7g33w';

/** The enrollment that the documentation shows. */
export const enrollment = {
  id: 'enr_ixnwe5md5ibxebc7g33w_fjqhaiowmpe2jfz56jbl',
  userId: 'usr_fjqhaiowmpe2jfz56jbl',
  courseId,
  semesterId: '2026-fall',
  courseCode: 'CS 101',
  courseTitle: 'Introduction to Programming',
  credits: 4,
  status: 'enrolled',
  waitlistPosition: null,
  grade: null,
  reservation: null,
  dropOnPromotion: null,
  enrolledAt: '2026-08-20T09:15:00.000Z',
  updatedAt: '2026-08-20T09:15:00.000Z',
  version: 1,
};

/** A line of its history. */
export const historyEntry = {
  at: enrollment.enrolledAt,
  action: 'enrolled',
  actorId: enrollment.userId,
  actorRole: 'student',
  status: 'enrolled',
  reason: null,
  override: [],
  permitId: null,
};

/** The seats that the documentation shows. */
export const seats = {
  courseId,
  capacity: 120,
  enrolledCount: 1,
  waitlistedCount: 0,
  seatsAvailable: 119,
  generalAvailable: 99,
  reservations: [{ name: 'Honors', seats: 20, available: 20, releasesAt: '2026-08-25T04:00:00.000Z' }],
  version: 1,
};

/** The student that the documentation shows. */
export const student = {
  userId: enrollment.userId,
  externalId: 'S1002003',
  name: 'Sam Student',
  email: 'student@registrar.example',
  programs: ['CS'],
  level: 'sophomore',
  groups: ['honors'],
  earnedCredits: 32,
  creditLimit: null,
  version: 2,
  updatedAt: '2026-05-01T08:00:00.000Z',
};

/** A completed course of that student. */
export const completion = {
  id: 'cmp_ixnwe5md5ibxebc7g33w',
  code: 'MATH 101',
  credits: 4,
  grade: 'B+',
  completedOn: '2026-05-15',
  source: 'import',
  enrollmentId: null,
};

/** A hold on that student. */
export const hold = {
  id: 'hld_ixnwe5md5ibxebc7g33w',
  userId: enrollment.userId,
  office: 'Student Accounts',
  reason: 'A library fee is open.',
  blocks: ['enroll'],
  placedAt: '2026-08-01T08:00:00.000Z',
  placedBy: 'usr_registrarregistrarre',
  releasedAt: null,
  releasedBy: null,
};

/** What an import of students comes to. */
export const recordImportResult = { changed: 1, unchanged: 0, refused: [] };

/** An enrollment that a change set takes. */
export const changeResult = {
  action: 'add',
  courseId,
  enrollmentId: enrollment.id,
  outcome: 'enrolled',
  enrollment,
  problems: [],
};

/** A permit for that student. */
export const permit = {
  id: 'pmt_ixnwe5md5ibxebc7g33w',
  courseId,
  userId: enrollment.userId,
  userName: 'Sam Student',
  userEmail: 'student@registrar.example',
  allows: ['permission_required'],
  expiresAt: '2026-08-31T04:00:00.000Z',
  note: 'Passed the audition.',
  grantedBy: 'usr_instructorinstructor',
  grantedAt: '2026-08-10T08:00:00.000Z',
  usedAt: null,
  revokedAt: null,
};

/** A request for a permit. */
export const permitRequest = {
  id: 'prq_ixnwe5md5ibxebc7g33w',
  courseId,
  userId: enrollment.userId,
  userName: 'Sam Student',
  userEmail: 'student@registrar.example',
  reason: 'I have taken the same course elsewhere.',
  status: 'open',
  requestedAt: '2026-08-09T08:00:00.000Z',
};

/** A plan with one course. */
export const plan = {
  semesterId: '2026-fall',
  entries: [{ choices: [{ courses: [{ courseId }] }], joinWaitlist: true }],
  armed: false,
  version: 1,
  drawId: null,
  run: null,
};

import type { AnswerTo } from '../api/routes.ts';

/** Answers of the API, by the contracts' types. */
export type Campus = AnswerTo<'GET /api/campus'>;
export type Completion = AnswerTo<'GET /api/students/me/completions'>['items'][number];
export type Course = AnswerTo<'GET /api/courses/:id'>;
export type Department = AnswerTo<'GET /api/departments'>['items'][number];
export type Enrollment = AnswerTo<'GET /api/enrollments/:id'>;
export type Hold = AnswerTo<'GET /api/holds/me'>['items'][number];
export type Notification = AnswerTo<'GET /api/notifications/me'>['items'][number];
export type MailPreferences = AnswerTo<'GET /api/notifications/preferences'>;
export type ChangeResult = AnswerTo<'POST /api/enrollments/changes'>['results'][number];
export type Permit = AnswerTo<'GET /api/permits/me'>['items'][number];
export type Plan = AnswerTo<'GET /api/plans/:semesterId'>;
export type PlanCheck = AnswerTo<'POST /api/plans/:semesterId/check'>;
export type Seats = AnswerTo<'GET /api/courses/:id/seats'>;
export type OwnSeats = AnswerTo<'GET /api/courses/:id/seats/me'>;
export type OwnWindow = AnswerTo<'GET /api/semesters/:id/window'>;
export type Semester = AnswerTo<'GET /api/semesters/:id'>;
export type Student = AnswerTo<'GET /api/students/me'>;
export type User = AnswerTo<'GET /api/auth/me'>;

const dayMs = 86_400_000;

/** RFC 3339, so many days from now. */
export function daysFromNow(days: number, nowMs: number = Date.now()): string {
  return new Date(nowMs + days * dayMs).toISOString();
}

/** The student that page specs sign in. */
export const student: User = {
  id: 'usr_student',
  email: 'student@registrar.example',
  name: 'Sam Student',
  givenName: null,
  familyName: null,
  externalId: null,
  status: 'active',
  emailVerified: true,
  roles: ['student'],
  createdAt: '2026-01-12T08:30:00.000Z',
};

/** A session of the student elsewhere. */
export const otherSession: AnswerTo<'GET /api/auth/sessions'>['items'][number] = {
  id: 'ses_other',
  current: false,
  createdAt: '2026-11-01T08:00:00.000Z',
  lastUsedAt: '2026-11-01T09:12:00.000Z',
  expiresAt: '2099-12-01T09:12:00.000Z',
  client: 'web',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  address: '203.0.113.7',
};

/** The password of every account of the stub. */
export const password = 'registrar-demo-2026';

/** A campus far from the zone of the browser. */
export const campus: Campus = {
  name: 'Example University',
  timeZone: 'America/New_York',
  locales: ['en', 'de'],
  registration: { selfService: true, confirmation: false },
  signIn: [{ id: 'password', kind: 'password', name: 'Password' }],
  grading: { grades: 'A+,A,A-,B+,B,B-,C+,C,C-,D+,D,D-|F', passMark: 50 },
};

/** The student's record, as nobody has filled it yet. */
export function studentRecord(changes: Partial<Student> = {}): Student {
  return {
    userId: student.id,
    externalId: null,
    name: student.name,
    email: student.email,
    programs: [],
    level: null,
    groups: [],
    earnedCredits: 0,
    creditLimit: null,
    version: 1,
    updatedAt: null,
    ...changes,
  };
}

/** A course that the student has completed. */
export function completion(code: string, changes: Partial<Completion> = {}): Completion {
  return {
    id: `cmp_${code}`,
    code,
    credits: 4,
    grade: 'B+',
    completedOn: '2026-05-15',
    source: 'import',
    enrollmentId: null,
    ...changes,
  };
}

/** A hold in force on the student's account. */
export function hold(changes: Partial<Hold> = {}): Hold {
  return {
    id: 'hld_1',
    userId: student.id,
    office: 'Bursar',
    reason: 'A library fee is open.',
    blocks: ['enroll'],
    placedAt: '2026-08-01T14:00:00.000Z',
    placedBy: 'usr_registrar',
    releasedAt: null,
    releasedBy: null,
    ...changes,
  };
}

/** The current semester: open for enrollment, its classes under way. */
export function semester(changes: Partial<Semester> = {}): Semester {
  return {
    id: '2026-fall',
    name: 'Fall 2026',
    startsOn: daysFromNow(-30).slice(0, 10),
    endsOn: daysFromNow(90).slice(0, 10),
    enrollmentOpensAt: daysFromNow(-40),
    enrollmentClosesAt: daysFromNow(20),
    dropDeadlineAt: daysFromNow(25),
    withdrawDeadlineAt: daysFromNow(50),
    creditLimit: 18,
    current: true,
    tickets: [],
    holidays: [],
    pausedAt: null,
    version: 1,
    updatedAt: daysFromNow(-60),
    ...changes,
  };
}

/** An open course with seats. */
export function course(changes: Partial<Course> = {}): Course {
  const capacity = changes.capacity ?? 30;
  const enrolledCount = changes.enrolledCount ?? 12;
  return {
    id: 'crs_1',
    semesterId: '2026-fall',
    departmentId: 'CS',
    code: 'CS 101',
    section: '1',
    component: 'lecture',
    topic: null,
    title: 'Introduction to Programming',
    description: 'Values, functions, and how to think of programs.',
    credits: 4,
    instructorIds: ['usr_instructor'],
    instructors: [{ id: 'usr_instructor', name: 'Ada Instructor' }],
    capacity,
    waitlistCapacity: 10,
    meetings: [
      { day: 'mon', start: '09:00', end: '10:30', room: 'A 12' },
      { day: 'wed', start: '09:00', end: '10:30', room: 'A 12' },
    ],
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
    createdAt: daysFromNow(-60),
    updatedAt: daysFromNow(-50),
    enrolledCount,
    waitlistedCount: 0,
    seatsAvailable: Math.max(0, capacity - enrolledCount),
    ...changes,
  };
}

/** The student's own enrollment in a course. */
export function enrollment(of: Course, changes: Partial<Enrollment> = {}): Enrollment {
  return {
    id: `enr_${of.id}`,
    userId: student.id,
    courseId: of.id,
    semesterId: of.semesterId,
    courseCode: of.code,
    courseTitle: of.title,
    credits: of.credits,
    status: 'enrolled',
    waitlistPosition: null,
    grade: null,
    reservation: null,
    dropOnPromotion: null,
    enrolledAt: daysFromNow(-2),
    updatedAt: daysFromNow(-2),
    version: 1,
    ...changes,
  };
}

/** A notification about a course. */
export function notification(of: Course, changes: Partial<Notification> = {}): Notification {
  return {
    id: `ntf_${of.id}`,
    type: 'enrolled',
    subject: `You are enrolled in ${of.code}`,
    text: `You have a seat in ${of.code}: ${of.title}.`,
    params: {
      courseCode: of.code,
      section: of.section,
      courseTitle: of.title,
      meetings: of.meetings,
      byRegistrar: false,
    },
    courseId: of.id,
    enrollmentId: `enr_${of.id}`,
    createdAt: daysFromNow(-1),
    readAt: null,
    email: { status: 'sent', sentAt: daysFromNow(-1), attempts: 1 },
    ...changes,
  };
}

/** A permit of the student for a course. */
export function permit(of: Course, changes: Partial<Permit> = {}): Permit {
  return {
    id: `pmt_${of.id}`,
    courseId: of.id,
    userId: student.id,
    userName: student.name,
    userEmail: student.email,
    allows: ['permission_required'],
    expiresAt: null,
    note: '',
    grantedBy: 'usr_instructor',
    grantedAt: daysFromNow(-1),
    usedAt: null,
    revokedAt: null,
    ...changes,
  };
}

/** A plan of these choices, each entry with one choice of one course. */
export function plan(courseIds: readonly string[], changes: Partial<Plan> = {}): Plan {
  return {
    semesterId: '2026-fall',
    entries: courseIds.map((courseId) => ({ choices: [{ courses: [{ courseId }] }], joinWaitlist: false })),
    armed: false,
    version: 1,
    drawId: null,
    run: null,
    ...changes,
  };
}

import { campusDate, campusTime } from '@registrar/campus';
import { GradeScale } from '@registrar/eligibility';
import type { CampusRules } from '../campus.ts';
import { emptyRecord } from '../student-record/student-record.types.ts';
import type { Completion, StudentRecord } from '../student-record/student-record.types.ts';
import { newSeats } from '../seats.rules.ts';
import type { EnrollmentRecord, Offering, Seats, SemesterRules, StudentEntry } from '../enrollment.types.ts';

/** Says times as a campus in New York does. */
export const campusWords = campusTime('America/New_York', 'en');

/** The rules of that campus. */
export const campus: CampusRules = {
  time: campusWords,
  date: campusDate('America/New_York'),
  grades: new GradeScale(),
};

/** A student's record that says nothing but what is given. */
export function recordOf(userId: string, change: Partial<StudentRecord> = {}): StudentRecord {
  return { ...emptyRecord(userId), ...change };
}

/** A completed course of three credits, without a grade. */
export function completionOf(code: string, change: Partial<Completion> = {}): Completion {
  const completedOn = '2026-05-15';
  return {
    id: `cmp_${code}`,
    code,
    credits: 3,
    grade: null,
    completedOn,
    source: 'import',
    enrollmentId: null,
    ...change,
  };
}

/** A moment inside all windows of `semesterRules()`. */
export const now = '2027-01-15T12:00:00.000Z';

/** A semester whose windows are open at `now`. */
export function semesterRules(change: Partial<SemesterRules> = {}): SemesterRules {
  return {
    id: 'spring',
    enrollmentOpensAt: '2027-01-01T08:00:00.000Z',
    enrollmentClosesAt: '2027-02-01T08:00:00.000Z',
    dropDeadlineAt: '2027-02-15T23:59:59.000Z',
    withdrawDeadlineAt: '2027-03-15T23:59:59.000Z',
    creditLimit: 18,
    tickets: [],
    pausedAt: null,
    version: 1,
    scheduleVersion: 1,
    ...change,
  };
}

/** A course of three credits without meetings. */
export function offeringOf(courseId: string, change: Partial<Offering> = {}): Offering {
  return {
    courseId,
    classId: courseId,
    semesterId: 'spring',
    code: courseId.toUpperCase(),
    section: '1',
    component: 'lecture',
    topic: null,
    title: `Course ${courseId}`,
    credits: 3,
    minCredits: null,
    consent: 'none',
    linked: [],
    instructorIds: [],
    meetings: [],
    prerequisites: [],
    requirement: null,
    restriction: null,
    dropDeadlineAt: null,
    withdrawDeadlineAt: null,
    version: 1,
    ...change,
  };
}

/** The seats of an empty open course. */
export function seatsOf(courseId: string, change: Partial<Seats> = {}): Seats {
  const limits = { capacity: 2, waitlistCapacity: 2, courseVersion: 1 };
  return { ...newSeats({ courseId, semesterId: 'spring', status: 'open', ...limits }), ...change };
}

/** The seat of `usr_a` in a course of `offeringOf`. */
export function enrollmentOf(courseId: string, change: Partial<EnrollmentRecord> = {}): EnrollmentRecord {
  const { userId = 'usr_a' } = change;
  return {
    id: `enr_${courseId}_${userId}`,
    userId,
    courseId,
    classId: courseId,
    semesterId: 'spring',
    courseCode: courseId.toUpperCase(),
    courseTitle: `Course ${courseId}`,
    credits: 3,
    status: 'enrolled',
    ticket: null,
    grade: null,
    reservation: null,
    dropOnPromotion: null,
    enrolledAt: now,
    updatedAt: now,
    version: 1,
    history: [],
    ...change,
  };
}

/** What a student's semester says of a course. */
export function entryOf(
  courseId: string,
  status: StudentEntry['status'],
  change: Partial<StudentEntry> = {},
): StudentEntry {
  return {
    enrollmentId: `enr_${courseId}`,
    courseId,
    code: courseId.toUpperCase(),
    credits: 3,
    status,
    version: 1,
    ...change,
  };
}

/** A meeting on a day, `09:00-10:30` by default. */
export function meeting(day: string, start = '09:00', end = '10:30') {
  return { day, start, end, room: 'A1' };
}

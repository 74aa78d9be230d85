import type { CourseState, Meeting, NewCourse } from '@registrar/contracts-courses';
import type { Random } from '@registrar/testing/random';
import { below, drawnId, oneOf, seededRandom } from '@registrar/testing/random';
import { departments, descriptionOf, titleOf } from './catalogue-words.ts';
import type { PlannedSemester } from './semesters.ts';
import { plannedSemesters } from './semesters.ts';

/** A student. */
export interface PlannedUser {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** A course as `POST /api/courses` takes it. */
export type PlannedCourse = NewCourse & Pick<CourseState, 'meetings' | 'instructorIds'>;

/** An enrollment, by positions in the lists of users and courses. */
export interface PlannedEnrollment {
  readonly user: number;
  readonly course: number;
}

/** The data that is loaded before a run; the same for the same size and day. */
export interface Dataset {
  readonly semesters: readonly PlannedSemester[];
  readonly departments: readonly { readonly id: string; readonly name: string }[];
  readonly courses: readonly PlannedCourse[];
  readonly users: readonly PlannedUser[];
  /** Users too, who are in no course but teach one. */
  readonly instructors: readonly PlannedUser[];
  readonly enrollments: readonly PlannedEnrollment[];
  /** Further enrollments in the current semester that no rule refuses, for writes during a run. */
  readonly spare: readonly PlannedEnrollment[];
}

const coursesAtScale1 = 2_000;
const usersAtScale1 = 2_000;
const enrollmentsPerUser = 5;
const sparePerUser = 10;
const instructorCount = 150;
const seed = 20_260;

const weekdays: readonly Meeting['day'][] = ['mon', 'tue', 'wed', 'thu', 'fri'];
/** Weekly times that do not overlap. */
const slots = weekdays.flatMap((day) =>
  [8, 10, 13, 15].map((hour) => ({ day, start: clock(hour), end: clock(hour, 50) })),
);

function clock(hour: number, minute = 0): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function plannedCourse(
  index: number,
  semesters: readonly PlannedSemester[],
  staff: readonly string[],
): PlannedCourse {
  const semester = semesters[index % semesters.length] as PlannedSemester;
  const inSemester = Math.floor(index / semesters.length);
  const department = departments[inSemester % departments.length] as (typeof departments)[number];
  const inDepartment = Math.floor(inSemester / departments.length);
  const slot = slots[inSemester % slots.length] as (typeof slots)[number];
  const title = titleOf(department, inDepartment);
  return {
    semesterId: semester.id,
    departmentId: department.id,
    code: `${department.id}-${101 + inDepartment}`,
    section: '1',
    title,
    description: descriptionOf(title, department, index),
    credits: 1,
    instructorIds: [staff[index % staff.length] ?? ''],
    capacity: 10_000,
    waitlistCapacity: 20,
    meetings: [{ ...slot, room: `${department.building} ${100 + (index % 40)}` }],
    prerequisites: [],
    status: 'open',
  };
}

function plannedUser(role: 'student' | 'instructor', index: number, random: Random): PlannedUser {
  return {
    id: drawnId(random, 'usr'),
    email: `${role}${index}@${role}s.registrar.example`,
    name: `${role === 'student' ? 'Student' : 'Instructor'} ${index}`,
  };
}

/** Courses of one student: `count` of `from`, each at another time, so that no rule refuses one. */
function pickFor(user: number, from: readonly number[], count: number, random: Random): PlannedEnrollment[] {
  const chosen: PlannedEnrollment[] = [];
  const start = below(random, from.length);
  const times = new Set<number>();
  for (let step = 0; chosen.length < count && step < from.length; step += 1) {
    const at = (start + step * 7) % from.length;
    const time = at % slots.length;
    const course = from[at];
    if (course === undefined || times.has(time)) continue;
    times.add(time);
    chosen.push({ user, course });
  }
  return chosen;
}

/** The dataset of a size; 1 is 2,000 courses, 2,000 users and 10,000 enrollments. */
export function makeDataset(scale: number, now: Date): Dataset {
  const random = seededRandom(seed);
  const semesters = plannedSemesters(now);
  const instructors = Array.from({ length: instructorCount }, (_, index) =>
    plannedUser('instructor', index, random),
  );
  const staff = instructors.map(({ id }) => id);
  const courseCount = Math.round(coursesAtScale1 * scale);
  const courses = Array.from({ length: courseCount }, (_, index) => plannedCourse(index, semesters, staff));
  const users = Array.from({ length: Math.round(usersAtScale1 * scale) }, (_, index) =>
    plannedUser('student', index, random),
  );
  const bySemester = semesters.map(({ id }) =>
    courses.flatMap((course, at) => (course.semesterId === id ? [at] : [])),
  );
  const current = semesters.findIndex((semester) => semester.current);
  const enrollments: PlannedEnrollment[] = [];
  const spare: PlannedEnrollment[] = [];
  users.forEach((_, user) => {
    const now = pickFor(user, bySemester[current] ?? [], enrollmentsPerUser - 2 + sparePerUser, random);
    enrollments.push(...now.slice(0, enrollmentsPerUser - 2));
    spare.push(...now.slice(enrollmentsPerUser - 2));
    const past = oneOf(
      random,
      bySemester.filter((_, at) => at < current),
    );
    enrollments.push(...pickFor(user, past, 2, random));
  });
  return { semesters, departments, courses, users, instructors, enrollments, spare };
}

import type { CourseState, Meeting, NewCourse } from '@registrar/contracts-courses';
import type { DemoDepartment } from './departments.ts';
import { demoDepartments } from './departments.ts';
import { demoRules } from './rules.ts';

/** A demo course as `POST /api/courses` takes it. */
export type DemoCourse = NewCourse &
  Pick<CourseState, 'section' | 'meetings' | 'prerequisites' | 'instructorIds'>;

/** The courses that have a second section: the first ones of every department and some of the next. */
const secondSections = 20;

/** Times at which courses meet: three short meetings a week or two long ones, none of them at once. */
const slots: readonly { days: readonly Meeting['day'][]; start: string; end: string }[] = [
  ...[8, 9, 10, 11, 13, 14, 15].map((hour) => ({
    days: ['mon', 'wed', 'fri'] as const,
    start: clock(hour * 60),
    end: clock(hour * 60 + 50),
  })),
  ...[480, 570, 660, 780, 870, 960].map((minute) => ({
    days: ['tue', 'thu'] as const,
    start: clock(minute),
    end: clock(minute + 75),
  })),
];

/** Seats by course: small seminars to lecture halls. */
const capacities = [120, 30, 60, 24, 40, 80, 18, 35];

function clock(minuteOfDay: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

/** The number in a course's code: 101, 102, ... in the first year, 201 and on in the second. */
function courseNumber(index: number): number {
  const perYear = 4;
  return (Math.floor(index / perYear) + 1) * 100 + (index % perYear) + 1;
}

/** From the second year on, every other course builds on the one of the year before. */
function prerequisitesOf({ id }: DemoDepartment, index: number): string[] {
  return index >= 4 && index % 2 === 0 ? [`${id}-${courseNumber(index - 4)}`] : [];
}

function describe(title: string, { name }: DemoDepartment, index: number): string {
  const levels = ['For everybody, without requirements', 'For the second year', 'For the third year'];
  const forms = [
    'Lectures with weekly problem sets',
    'Discussion of readings and two papers',
    'Work on a project in teams',
  ];
  const level = levels[Math.floor(index / 4)] ?? 'For the last year';
  return `${title}, offered by the department of ${name}. ${level}. ${forms[index % forms.length]}.`;
}

function course(
  semesterId: string,
  department: DemoDepartment,
  index: number,
  section: number,
): Omit<DemoCourse, 'instructorIds'> {
  const ordinal = demoDepartments.indexOf(department) * 5 + index * 3 + (section - 1) * 4;
  const slot = slots[ordinal % slots.length];
  const title = department.titles[index] ?? department.name;
  const room = `${department.building} ${100 + (ordinal % 4) * 100 + (index % 9) + 1}`;
  const code = `${department.id}-${courseNumber(index)}`;
  return {
    semesterId,
    departmentId: department.id,
    code,
    section: String(section),
    title,
    description: describe(title, department, index),
    credits: index % 5 === 2 ? 4 : index % 7 === 6 ? 1.5 : 3,
    capacity: capacities[ordinal % capacities.length] ?? 30,
    waitlistCapacity: 10 + (ordinal % 3) * 5,
    meetings: (slot?.days ?? []).map((day) => ({
      day,
      start: slot?.start ?? '',
      end: slot?.end ?? '',
      room,
    })),
    prerequisites: prerequisitesOf(department, index),
    status: 'open',
    ...demoRules.courses[code],
  };
}

/**
 * The 200 courses of the demo semester; the same ones for the same arguments.
 *
 * @param instructorOf the id of a department's instructor
 * @param instructorId teaches the first course of each of the last six departments instead
 */
export function demoCourses(
  semesterId: string,
  instructorOf: (departmentId: string) => string,
  instructorId: string,
): DemoCourse[] {
  const byIndex = Array.from({ length: 15 }, (_, index) =>
    demoDepartments.map((department) => ({ department, index })),
  ).flat();
  const first = byIndex.map(({ department, index }) => course(semesterId, department, index, 1));
  const second = byIndex
    .slice(0, secondSections)
    .map(({ department, index }) => course(semesterId, department, index, 2));
  const taught = new Set(first.slice(6, 12));
  return [...first, ...second].map((each) => ({
    ...each,
    instructorIds: [taught.has(each) ? instructorId : instructorOf(each.departmentId)],
  }));
}

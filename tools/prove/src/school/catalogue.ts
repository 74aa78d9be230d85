import type { Meeting, NewCourse, PutSemesterRequest } from '@registrar/contracts-courses';
import type { Random } from '@registrar/testing/random';
import { below, between, oneOf } from '@registrar/testing/random';

/** Credits that a student may take: few enough that the limit is met. */
export const creditLimit = 12;

const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const hours = ['08:00', '09:30', '11:00', '13:00', '14:30', '16:00'];

/** How many courses there are, and how many of them everybody wants. */
export interface CatalogueSize {
  readonly courses: number;
  readonly hot: number;
}

/**
 * Courses in which every rule has work: the first ones are hot and small, some are sections of one code, some ask
 * for another to be completed, and their times meet each other now and then.
 */
export function drawCatalogue(random: Random, { courses, hot }: CatalogueSize): NewCourse[] {
  return Array.from({ length: courses }, (_, index) => {
    const isHot = index < hot;
    const hasTwin = !isHot && index % 8 === 1;
    const number = 100 + (hasTwin ? index - 1 : index);
    return {
      semesterId: 'proof',
      departmentId: 'PROOF',
      code: `P ${number}`,
      section: hasTwin ? '2' : '1',
      title: `Course ${number} of the proof`,
      credits: oneOf(random, [1, 2, 3, 4]),
      capacity: isHot ? 3 + below(random, 8) : 3 + below(random, 20),
      waitlistCapacity: isHot ? 30 : below(random, 12),
      meetings: drawMeetings(random),
      prerequisites: !isHot && index % 20 === 7 ? ['P 100'] : [],
      status: 'open',
    };
  });
}

/** None, one or two, each with its own day, so that a course does not meet itself. */
export function drawMeetings(random: Random): Meeting[] {
  const first = below(random, days.length);
  return Array.from({ length: below(random, 3) }, (_, index) => {
    const start = oneOf(random, hours);
    const minutes = Math.round(between(random, 45, 100) / 5) * 5;
    return {
      day: days[(first + index * 2) % days.length] ?? 'mon',
      start,
      end: later(start, minutes),
      room: 'Hall',
    };
  });
}

function later(start: string, minutes: number): string {
  const [hour = 0, minute = 0] = start.split(':').map(Number);
  const at = hour * 60 + minute + minutes;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}

/** The body of the semester's `PUT`: open for the whole run. */
export function openSemester(now: Date): PutSemesterRequest {
  const at = (days: number): string => new Date(now.getTime() + days * 86_400_000).toISOString();
  return {
    name: 'The semester of the proof',
    startsOn: at(10).slice(0, 10),
    endsOn: at(100).slice(0, 10),
    enrollmentOpensAt: at(-1),
    enrollmentClosesAt: at(20),
    dropDeadlineAt: at(30),
    withdrawDeadlineAt: at(60),
    creditLimit,
    current: true,
  };
}

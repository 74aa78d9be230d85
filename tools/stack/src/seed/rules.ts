import type { Match, Requirement } from '@registrar/eligibility';

/** Who may take a course, after what, with whose permit, and for how many credits. */
interface CourseRules {
  readonly requirement?: Requirement;
  readonly restriction?: Match;
  readonly consent?: 'instructor';
  readonly minCredits?: number;
}

/** From when whom it is for may enroll, so many days before the general opening. */
interface TicketRule {
  readonly name: string;
  readonly match: Match;
  readonly daysBefore: number;
}

/** A test, not a course: a completion of 0 credits under a code of its own. */
export const placementTest = 'MATH-PT';

/** Rules of the demo data beside plain prerequisites: of courses by their code, and of every semester. */
export const demoRules: {
  readonly courses: Readonly<Record<string, CourseRules>>;
  readonly tickets: readonly TicketRule[];
} = {
  courses: {
    'MATH-103': {
      requirement: {
        any: [
          { course: 'MATH-102', minGrade: 'C' },
          { course: placementTest, minGrade: '70' },
        ],
      },
    },
    'PHYS-102': { requirement: { course: 'MATH-102', concurrent: true } },
    'CS-202': {
      requirement: {
        any: [{ course: 'CS-104', minGrade: 'C' }, { all: [{ course: 'CS-102' }, { course: 'CS-103' }] }],
      },
    },
    'CS-304': {
      requirement: {
        all: [
          { course: 'MATH-104', minGrade: 'B-' },
          { any: [{ course: 'MATH-204', concurrent: true }, { course: 'PSY-104' }] },
        ],
      },
    },
    'ECON-403': { requirement: { all: [{ credits: 30 }, { count: 2, of: ['ECON-2*', 'ECON-3*'] }] } },
    'CS-403': { restriction: { programs: ['CS'], levels: ['junior', 'senior'] } },
    'MUS-103': { consent: 'instructor' },
    'ENG-104': { minCredits: 1 },
  },
  tickets: [
    { name: 'Seniors', match: { levels: ['senior'] }, daysBefore: 3 },
    { name: 'Honors', match: { groups: ['honors'] }, daysBefore: 2 },
    { name: 'Juniors', match: { levels: ['junior'] }, daysBefore: 1 },
  ],
};

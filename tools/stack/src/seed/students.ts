import type { Hold } from '@registrar/contracts-enrollments';
import { placementTest } from './rules.ts';

/** A completed course of a demo student. */
interface DemoCompletion {
  readonly code: string;
  readonly grade: string;
  readonly completedOn: string;
}

/** A student of the demo data. */
export interface DemoStudent {
  /** Also the part of the email before the `@`. */
  readonly who: string;
  readonly name: string;
  readonly externalId: string;
  readonly programs: readonly string[];
  readonly level: string;
  readonly groups: readonly string[];
  readonly completions: readonly DemoCompletion[];
  readonly hold?: Pick<Hold, 'office' | 'reason' | 'blocks'>;
}

/** Completions as a text: `CS-101 A, CS-102 B+`. */
function completed(completedOn: string, text: string): DemoCompletion[] {
  return text.split(', ').map((each) => {
    const [code = '', grade = ''] = each.split(' ');
    return { code, grade, completedOn };
  });
}

// Fixed dates: what was loaded in part is not loaded a second time under another date.
const [first, second, third] = ['2025-05-16', '2025-12-19', '2026-05-15'] as const;

/** Who everybody signs in as; has no hold. */
export const mainStudent: DemoStudent = {
  who: 'student',
  name: 'Sam Student',
  externalId: 'S-1001',
  programs: ['CS'],
  level: 'sophomore',
  groups: [],
  completions: [...completed(second, 'CS-101 B+, MATH-102 B'), ...completed(third, 'CS-102 B, CS-103 A-')],
};

/** Students of three programs and four levels, two of them under a hold. */
export const otherStudents: readonly DemoStudent[] = [
  {
    who: 'student2',
    name: 'Wren Willet',
    externalId: 'S-1002',
    programs: ['CS', 'MATH'],
    level: 'senior',
    groups: ['honors'],
    completions: [
      ...completed(first, 'CS-101 A, CS-102 A, CS-104 B+, MATH-102 A'),
      ...completed(second, 'CS-103 A-, CS-201 A, MATH-103 B+, MATH-104 A'),
      ...completed(third, 'CS-202 B+, CS-203 A, CS-301 A, CS-303 A-, MATH-204 B'),
    ],
  },
  {
    who: 'student3',
    name: 'Finley Finch',
    externalId: 'S-1003',
    programs: ['BIO'],
    level: 'junior',
    groups: [],
    completions: [
      ...completed(second, 'BIO-101 B, CHEM-101 C+'),
      ...completed(third, 'BIO-103 B-, BIO-201 C, MATH-102 D'),
    ],
  },
  {
    who: 'student4',
    name: 'Marlo Merle',
    externalId: 'S-1004',
    programs: ['ECON'],
    level: 'senior',
    groups: ['athletes'],
    completions: [
      ...completed(first, 'ECON-101 B, ECON-102 B+, MATH-101 C, ENG-101 B'),
      ...completed(second, 'ECON-103 B, ECON-201 B-, ECON-202 C+, PSY-104 A-'),
      ...completed(third, 'ECON-203 B, ECON-204 B, ECON-303 C+'),
    ],
  },
  {
    who: 'student5',
    name: 'Paz Plover',
    externalId: 'S-1005',
    programs: ['BIO'],
    level: 'freshman',
    groups: [],
    completions: completed(third, `${placementTest} 74`),
    hold: {
      office: 'Student Accounts',
      reason: 'The housing fee of last semester is open.',
      blocks: ['enroll'],
    },
  },
  {
    who: 'student6',
    name: 'Hale Heron',
    externalId: 'S-1006',
    programs: ['ECON'],
    level: 'junior',
    groups: ['honors'],
    completions: [
      ...completed(second, 'ECON-101 A, ECON-102 A-'),
      ...completed(third, 'ECON-201 A, MATH-102 B'),
    ],
    hold: {
      office: 'Academic Advising',
      reason: 'See your adviser before you change your courses.',
      blocks: ['enroll', 'drop'],
    },
  },
];

import type { RefusalCode } from '@registrar/contracts-enrollments';

/** How a completion came to be. */
export type CompletionSource = 'enrollment' | 'registrar' | 'import';

/** One attempt at a course that has ended with a result. */
export interface Completion {
  id: string;
  code: string;
  credits: number;
  /** Null where none was given: it passes. */
  grade: string | null;
  /** `YYYY-MM-DD`, of the campus. */
  completedOn: string;
  source: CompletionSource;
  /** Of the enrollment that was completed. */
  enrollmentId: string | null;
}

/** A hold in force. */
export interface ActiveHold {
  id: string;
  office: string;
  reason: string;
  blocks: ('enroll' | 'drop')[];
  placedAt: string;
  placedBy: string;
}

/** A permit that was granted and not revoked: one that can be used, or was used to wait for a seat. */
export interface ActivePermit {
  id: string;
  courseId: string;
  /** Refusals that it sets aside. */
  allows: RefusalCode[];
  /** RFC 3339; null where it has no end. */
  expiresAt: string | null;
  grantedAt: string;
  /** When it was used to wait: it counts until the promotion. */
  usedAt: string | null;
}

/** What the university knows of one student, beside name and email: one item, read with every decision. */
export interface StudentRecord {
  userId: string;
  programs: string[];
  level: string | null;
  groups: string[];
  /** Null where the semester's counts. */
  creditLimit: number | null;
  holds: ActiveHold[];
  /** In the order in which they were granted. */
  permits: ActivePermit[];
  /** In the order in which they were written. */
  completions: Completion[];
  /** Grows with each change of programs, level, groups and limit; 1 while nothing is written. */
  version: number;
  /** Grows with each write. */
  revision: number;
  /** RFC 3339; null while there is no record. */
  updatedAt: string | null;
}

/** The record of a student of whom nothing is written yet. */
export function emptyRecord(userId: string): StudentRecord {
  return {
    userId,
    programs: [],
    level: null,
    groups: [],
    creditLimit: null,
    holds: [],
    permits: [],
    completions: [],
    version: 1,
    revision: 0,
    updatedAt: null,
  };
}

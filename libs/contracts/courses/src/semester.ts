import { match } from '@registrar/eligibility';
import { z } from 'zod';
import { chosenId, timestamp } from './course.ts';

/** From when students whom it is for may enroll, earlier or later than the others. */
export const ticket = z.strictObject({ name: z.string().min(1).max(100), match, opensAt: timestamp });

/** A ticket: of those that match a student the earliest counts. */
export type Ticket = z.infer<typeof ticket>;

/** A semester as clients see it: dates are days, the rest are moments. */
export const semester = z.strictObject({
  id: chosenId,
  name: z.string().min(1).max(100),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  enrollmentOpensAt: timestamp,
  enrollmentClosesAt: timestamp,
  dropDeadlineAt: timestamp,
  withdrawDeadlineAt: timestamp,
  /** Most credits that a student may be enrolled for, 0..60. */
  creditLimit: z.number().min(0).max(60),
  /** The one that lists show when none is asked for; at most one is. */
  current: z.boolean(),
  tickets: z.array(ticket).max(50),
  /** Days without classes. */
  holidays: z.array(z.iso.date()).max(100),
  /** From then on nobody can enroll, and nobody is promoted; null: not paused. */
  pausedAt: timestamp.nullable(),
  version: z.int().min(1),
  updatedAt: timestamp,
});

/** A semester. */
export type Semester = z.infer<typeof semester>;

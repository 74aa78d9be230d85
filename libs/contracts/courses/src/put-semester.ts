import type { FaultCode } from '@registrar/contracts-http';
import { z } from 'zod';
import { always, dropAfterWithdraw, isDropByWithdraw, isInOrder, moment } from './moment.ts';
import { semester, ticket } from './semester.ts';

/** `PUT /api/semesters/:id`. What is optional stays as it is where it is left out; a new semester has none of it. */
export const putSemesterRequest = z
  .strictObject({
    name: semester.shape.name,
    startsOn: semester.shape.startsOn,
    endsOn: semester.shape.endsOn,
    enrollmentOpensAt: moment,
    enrollmentClosesAt: moment,
    dropDeadlineAt: moment,
    withdrawDeadlineAt: moment,
    creditLimit: semester.shape.creditLimit,
    current: semester.shape.current,
    tickets: z
      .array(ticket.extend({ opensAt: moment }))
      .max(50)
      .optional(),
    holidays: semester.shape.holidays.optional(),
    pausedAt: moment.nullable().optional(),
  })
  .refine(({ startsOn, endsOn }) => isInOrder(startsOn, endsOn, 1), {
    path: ['endsOn'],
    message: 'A semester ends after it starts.',
    params: { code: 'wrong_order' },
    when: always,
  })
  .refine(
    ({ enrollmentOpensAt, enrollmentClosesAt }) => isInOrder(enrollmentOpensAt, enrollmentClosesAt, 1),
    {
      path: ['enrollmentClosesAt'],
      message: 'Enrollment closes after it opens.',
      params: { code: 'wrong_order' },
      when: always,
    },
  )
  .refine(isDropByWithdraw, dropAfterWithdraw)
  .superRefine(
    ({ tickets, holidays, enrollmentClosesAt }, { addIssue }) => {
      const refuse = (path: PropertyKey[], code: FaultCode, message: string) =>
        addIssue({ code: 'custom', path, message, params: { code } });
      const stated = listOf(tickets).map((each) => Object(each) as Record<string, unknown>);
      for (const at of repeated(stated.map(({ name }) => name)))
        refuse(['tickets', at, 'name'], 'inconsistent', 'Another ticket has this name. Give each its own.');
      for (const at of repeated(listOf(holidays)))
        refuse(['holidays', at], 'inconsistent', 'This day is in the list already. Name each day once.');
      for (const [at, { opensAt }] of stated.entries())
        if (!isInOrder(opensAt, enrollmentClosesAt, 1))
          refuse(['tickets', at, 'opensAt'], 'wrong_order', 'A ticket opens before enrollment closes.');
    },
    { when: always },
  );

/** A semester as a registrar states it. */
export type PutSemesterRequest = z.infer<typeof putSemesterRequest>;

/** A list that may have other faults; of one that is too long zod reports this alone. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Where a text stands in a list that is in it before. */
function repeated(values: readonly unknown[]): number[] {
  const seen = new Set<string>();
  return values.flatMap((value, at) => {
    if (typeof value !== 'string') return [];
    if (seen.has(value)) return [at];
    seen.add(value);
    return [];
  });
}

import type { PutSemesterRequest, Semester } from '@registrar/contracts-courses';

/** A semester that is open for enrollment. */
export const semesterBody: PutSemesterRequest = {
  name: 'Fall 2026',
  startsOn: '2026-09-01',
  endsOn: '2026-12-18',
  enrollmentOpensAt: '2026-08-01T00:00:00.000Z',
  enrollmentClosesAt: '2026-12-18T00:00:00.000Z',
  dropDeadlineAt: '2026-10-01T00:00:00.000Z',
  withdrawDeadlineAt: '2026-11-01T00:00:00.000Z',
  creditLimit: 18,
  current: true,
};

/** A semester for tests of rules; `fields` say what matters. */
export function semesterState(fields: Partial<Semester> = {}): Semester {
  const none = { tickets: [], holidays: [], pausedAt: null };
  const facts = { id: '2026-fall', version: 1, updatedAt: '2026-08-01T08:00:00.000Z' };
  return { ...semesterBody, ...none, ...facts, ...fields };
}

import type { FaultCode } from '@registrar/contracts-http';
import type { CourseState } from './course.ts';
import { always } from './moment.ts';

/** What a course takes from its class where it is cross-listed: the request for such a course states none of it. */
export const fieldsOfClass = [
  'waitlistCapacity',
  'meetings',
  'instructorIds',
  'status',
  'reservations',
] as const satisfies readonly (keyof CourseState)[];

/** Fields that belong to the class of a cross-listed course. */
type FieldOfClass = (typeof fieldsOfClass)[number];

/** What a new course has of them where the request leaves them out, and it is not cross-listed. */
export const newCourseDefaults: Pick<CourseState, FieldOfClass> = {
  waitlistCapacity: 0,
  meetings: [],
  instructorIds: [],
  status: 'open',
  reservations: [],
};

/** Whether variable credits have their least at or below their most; what is no number is a fault of its own. */
export function isCreditRange({ minCredits, credits }: { minCredits?: unknown; credits?: unknown }): boolean {
  return typeof minCredits !== 'number' || typeof credits !== 'number' || minCredits <= credits;
}

/** The fault where it is not. */
export const leastAboveMost = {
  path: ['minCredits'],
  message: 'The least credits are not above the credits of the course.',
  params: { code: 'inconsistent' },
  when: always,
};

/** Whether a new course has a capacity: stated, or its class's. */
export function hasCapacity({
  capacity,
  crossListedOf,
}: {
  capacity?: unknown;
  crossListedOf?: unknown;
}): boolean {
  return capacity !== undefined || typeof crossListedOf === 'string';
}

/** The fault where it has none. */
export const noCapacity = {
  path: ['capacity'],
  message: 'State how many seats the course has.',
  params: { code: 'required' },
  when: always,
};

interface Issues {
  addIssue(issue: { code: 'custom'; path: string[]; message: string; params: { code: FaultCode } }): void;
}

/** Adds a fault for each field of the class that the request for a cross-listed course states. */
export function refuseFieldsOfClass(
  request: Partial<Record<FieldOfClass | 'crossListedOf', unknown>>,
  { addIssue }: Issues,
): void {
  if (typeof request.crossListedOf !== 'string') return;
  for (const field of fieldsOfClass) {
    if (request[field] === undefined) continue;
    const message = 'A cross-listed course has this of its class. Leave it out.';
    addIssue({ code: 'custom', path: [field], message, params: { code: 'inconsistent' } });
  }
}

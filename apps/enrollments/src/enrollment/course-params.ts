import type { Offering } from './enrollment.types.ts';

/** The course that a refusal is about, as its params name it. */
export function courseParams({ courseId, code, section, title }: Offering) {
  return { id: courseId, code, section, title };
}

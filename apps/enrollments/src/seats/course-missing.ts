import { Problem } from '@registrar/service';
import { courseNotFound } from '../enrollment/answers.ts';

/** 404 for a course that there is not, or not yet. */
export function courseMissing(): Problem {
  const { status, refusal } = courseNotFound;
  return new Problem(status, refusal.code, refusal.detail);
}

import type { Requirement } from '@registrar/eligibility';
import { parseRequirement } from '../requirements/parse-requirement.rules.ts';
import type { ReadText } from '../requirements/reading.ts';

/** A course, with a least grade if one is named. */
export function course(code: string, minGrade?: string): Requirement {
  return { course: code, ...(minGrade !== undefined && { minGrade }) };
}

/** A course that may be taken in the same semester. */
export function concurrent(code: string): Requirement {
  return { course: code, concurrent: true };
}

/** All of these courses. */
export function all(...codes: string[]): Requirement {
  return { all: codes.map((code) => course(code)) };
}

/** One of these courses. */
export function any(...codes: string[]): Requirement {
  return { any: codes.map((code) => course(code)) };
}

/** What a text that can be read comes to. */
export function readOf(text: string, separator?: string): ReadText {
  const reading = parseRequirement(text, { separator });
  if (!reading.isRead) throw new Error(`${text}: ${reading.reason} (${reading.part})`);
  return reading;
}

import type { GradeScale } from './grade-scale.ts';

/** What a student must have done before a course, as a tree. */
export type Requirement =
  | { all: Requirement[] }
  | { any: Requirement[] }
  /** A completed course; with `concurrent` one that is taken in the same semester will do. */
  | { course: string; minGrade?: string | undefined; concurrent?: true | undefined }
  /** Earned credits, of codes that fit a pattern where there are patterns. */
  | { credits: number; of?: string[] | undefined }
  /** How many different codes are completed that fit a pattern. */
  | { count: number; of: string[] };

/** One completed attempt at a course. */
export interface Attempt {
  readonly code: string;
  readonly credits: number;
  /** Null where none was given. */
  readonly grade: string | null;
}

/** What a student has done: passed courses, each code once, and the codes of the same semester. */
export interface CourseHistory {
  /** Passed attempts by code in upper case. */
  readonly passed: ReadonlyMap<string, PassedCourse>;
  /** Codes in upper case of courses that the student is enrolled in, in the same semester. */
  readonly concurrent: ReadonlySet<string>;
  readonly scale: GradeScale;
}

/** A code that was passed at least once. */
export interface PassedCourse {
  /** Most credits of one attempt. */
  readonly credits: number;
  readonly grades: readonly (string | null)[];
}

/** Attempts that passed, by code in upper case. */
export function passedCourses(attempts: Iterable<Attempt>, scale: GradeScale): Map<string, PassedCourse> {
  const passed = new Map<string, PassedCourse>();
  for (const { code, credits, grade } of attempts) {
    if (!scale.passes(grade)) continue;
    const key = code.toUpperCase();
    const known = passed.get(key);
    passed.set(key, {
      credits: Math.max(credits, known?.credits ?? 0),
      grades: [...(known?.grades ?? []), grade],
    });
  }
  return passed;
}

/** Credits of passed courses, each code once. */
export function earnedCredits(passed: ReadonlyMap<string, PassedCourse>): number {
  let sum = 0;
  for (const { credits } of passed.values()) sum += credits;
  return sum;
}

/** The prerequisites of a course and its requirement as one; undefined where there is neither. */
export function wholeRequirement(
  prerequisites: readonly string[],
  requirement: Requirement | null | undefined,
): Requirement | undefined {
  const all: Requirement[] = prerequisites.map((course) => ({ course }));
  if (requirement) all.push(requirement);
  return all.length > 0 ? { all } : undefined;
}

/**
 * What of a requirement is not met; undefined where it is. Met children of an `all` are cut; of an `any` all
 * alternatives stay, each cut the same way; a node with one child is that child.
 */
export function missingOf(requirement: Requirement, history: CourseHistory): Requirement | undefined {
  if ('all' in requirement) {
    const missing = requirement.all.flatMap((child) => missingOf(child, history) ?? []);
    return missing.length > 1 ? { all: missing } : missing[0];
  }
  if ('any' in requirement) {
    const missing: Requirement[] = [];
    for (const child of requirement.any) {
      const left = missingOf(child, history);
      if (!left) return undefined;
      missing.push(left);
    }
    return missing.length > 1 ? { any: missing } : missing[0];
  }
  return isMet(requirement, history) ? undefined : requirement;
}

function isMet(
  leaf: Exclude<Requirement, { all: Requirement[] } | { any: Requirement[] }>,
  { passed, concurrent, scale }: CourseHistory,
): boolean {
  if ('course' in leaf) {
    const { minGrade } = leaf;
    const code = leaf.course.toUpperCase();
    if (leaf.concurrent && concurrent.has(code)) return true;
    const grades = passed.get(code)?.grades;
    if (!grades) return false;
    return minGrade === undefined || grades.some((grade) => scale.reaches(grade, minGrade));
  }
  const fits = leaf.of ? fitting(leaf.of) : () => true;
  const found = [...passed].filter(([code]) => fits(code));
  if ('count' in leaf) return found.length >= leaf.count;
  return found.reduce((sum, [, { credits }]) => sum + credits, 0) >= leaf.credits;
}

/** Whether a code in upper case fits one of the patterns: a code, or the beginning of codes with `*` at its end. */
function fitting(patterns: readonly string[]): (code: string) => boolean {
  const upper = patterns.map((pattern) => pattern.toUpperCase());
  return (code) =>
    upper.some((pattern) =>
      pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : code === pattern,
    );
}

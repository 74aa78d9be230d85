/** Who something is for. Every field that is there must hold; within a list one value is enough. */
export interface Match {
  programs?: string[] | undefined;
  levels?: string[] | undefined;
  groups?: string[] | undefined;
  /** Least earned credits. */
  minCredits?: number | undefined;
}

/** What a match reads of a student. */
export interface MatchedStudent {
  readonly programs: readonly string[];
  readonly level: string | null;
  readonly groups: readonly string[];
  readonly earnedCredits: number;
}

/** Whether something with this match is for this student. Values are compared exactly. */
export function isMatched(match: Match, student: MatchedStudent): boolean {
  const { programs, levels, groups, minCredits } = match;
  if (programs && !programs.some((program) => student.programs.includes(program))) return false;
  if (levels && (student.level === null || !levels.includes(student.level))) return false;
  if (groups && !groups.some((group) => student.groups.includes(group))) return false;
  return minCredits === undefined || student.earnedCredits >= minCredits;
}

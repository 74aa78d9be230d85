import { importRefusalCodes } from '@registrar/contracts-enrollments';
import type {
  ChangeResult,
  ChangesAnswer,
  Enrollment,
  ImportRefusal,
  ImportRefusalCode,
  ImportResult,
} from '@registrar/contracts-enrollments';
import type { StoredAnswer } from '@registrar/idempotency';

/** A line whose person is known. */
export interface PersonLine {
  /** Line of the file on which the row begins, that of the header counted. */
  line: number;
  userId: string;
  courseId: string;
  /** Of variable credits; undefined for the course's. */
  credits?: number | undefined;
}

/** What a line came to. */
export type LineVerdict =
  { kind: 'enrolled' } | { kind: 'waitlisted' } | { kind: 'refused'; refusal: ImportRefusal };

/** A line that changes nothing, and why. @param params the values that the detail says */
export function refusedLine(
  line: number,
  code: ImportRefusalCode,
  detail: string,
  params?: Record<string, unknown>,
): LineVerdict {
  return {
    kind: 'refused',
    refusal: { line, code, detail, ...(params && { params: withoutReasons(params) }) },
  };
}

/** Why there is a hold stays between the student and an office: files of many go from hand to hand. */
function withoutReasons(params: Record<string, unknown>): Record<string, unknown> {
  const { holds } = params;
  if (!Array.isArray(holds)) return params;
  return { ...params, holds: holds.map((hold: object) => ({ ...hold, reason: '' })) };
}

/** What the answer to a line's request for a seat means for the line. */
export function verdictOf(line: number, answer: StoredAnswer): LineVerdict {
  if ('refusal' in answer) {
    const { code, detail, members } = answer.refusal;
    const params = members['params'] as Record<string, unknown> | undefined;
    return refusedLine(line, importRefusalCode(code), detail, params);
  }
  const { status } = answer.body as Pick<Enrollment, 'status'>;
  return { kind: status === 'waitlisted' ? 'waitlisted' : 'enrolled' };
}

/**
 * What the answer to a change of several lines means for each of them. In a refused one every line is refused: those
 * without a problem of their own because they are taken together with one that has some.
 */
export function verdictsOf(lines: readonly PersonLine[], answer: StoredAnswer): LineVerdict[] {
  const results = resultsIn(answer);
  if (!results) return lines.map(({ line }) => verdictOf(line, answer));
  const resultOf = ({ courseId }: PersonLine) => results.find((result) => result.courseId === courseId);
  const stopping = lines.flatMap((line) => {
    const [problem] = resultOf(line)?.problems ?? [];
    return problem ? [`line ${line.line} (${problem.code})`] : [];
  });
  return lines.map((line): LineVerdict => {
    const result = resultOf(line);
    const [problem] = result?.problems ?? [];
    if (problem)
      return refusedLine(line.line, importRefusalCode(problem.code), problem.detail, problem.params);
    if (stopping.length === 0) return { kind: result?.outcome === 'waitlisted' ? 'waitlisted' : 'enrolled' };
    const detail = `This section is taken together with a linked one that is refused: ${stopping.join(', ')}. Resolve that first, then import these lines again.`;
    return refusedLine(line.line, 'linked_section_required', detail);
  });
}

function resultsIn(answer: StoredAnswer): readonly ChangeResult[] | undefined {
  const body = 'refusal' in answer ? answer.refusal.members : answer.body;
  return (body as Partial<ChangesAnswer>).results;
}

/** The answer to an import: rows changed now, and the refused lines in order of the file. */
export function resultOf(verdicts: readonly LineVerdict[]): ImportResult {
  const count = (kind: LineVerdict['kind']) => verdicts.filter((verdict) => verdict.kind === kind).length;
  const refused = verdicts
    .flatMap((verdict) => (verdict.kind === 'refused' ? [verdict.refusal] : []))
    .sort((a, b) => a.line - b.line);
  return { enrolled: count('enrolled'), waitlisted: count('waitlisted'), refused };
}

function importRefusalCode(code: string): ImportRefusalCode {
  const known = importRefusalCodes.find((each) => each === code);
  if (!known) throw new Error(`A line of an import cannot be refused as ${code}.`);
  return known;
}

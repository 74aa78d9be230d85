import { importRefusalCodes } from '@registrar/contracts-enrollments';
import type {
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
  return { kind: 'refused', refusal: { line, code, detail, ...(params && { params }) } };
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

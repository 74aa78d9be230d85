import { courseCode } from '@registrar/eligibility';
import type { GradeScale } from '@registrar/eligibility';
import { emptyAsNull, newId } from '@registrar/service';
import { z } from 'zod';
import { maxCompletions, sameCompletion } from '../enrollment/student-record/completions.rules.ts';
import type { Completion, StudentRecord } from '../enrollment/student-record/student-record.types.ts';
import { creditsCell } from '../record-import/cells.ts';
import type { Decision, LineVerdict, RecordImportKind } from '../record-import/record-import.ts';
import { unknownGrade } from '../registration/grades.rules.ts';

const columns = ['code', 'credits', 'grade', 'completedOn'] as const;

interface CompletionFields {
  code: string;
  credits: number;
  grade: string | null;
  completedOn: string;
}

/** Files of completed courses; a known student, code and date is updated. @param grades of the campus */
export function completionsImport(
  grades: GradeScale,
): RecordImportKind<(typeof columns)[number], never, CompletionFields> {
  const grade = z.string().refine((text) => grades.isGrade(text), {
    error: ({ input }) => unknownGrade(String(input)),
  });
  return {
    name: 'completions',
    columns,
    fields: z.object({
      code: courseCode,
      credits: creditsCell(30),
      grade: emptyAsNull(grade),
      completedOn: z.iso.date(),
    }),
    keyOf: ({ code, completedOn }) => `${completedOn} ${code.toUpperCase()}`,
    rejudges: true,
    decide,
  };
}

function decide(record: StudentRecord, lines: readonly CompletionFields[]): Decision {
  const completions = [...record.completions];
  const verdicts = lines.map((line) => noteLine(completions, line));
  const isChanged = verdicts.includes('changed');
  return { record: isChanged ? { ...record, completions } : undefined, verdicts };
}

function noteLine(completions: Completion[], line: CompletionFields): LineVerdict {
  const known = sameCompletion(completions, line);
  if (!known) {
    if (completions.length >= maxCompletions) {
      return { code: 'invalid_line', detail: `A student has at most ${maxCompletions} completions.` };
    }
    completions.push({ id: newId('cmp'), ...line, source: 'import', enrollmentId: null });
    return 'changed';
  }
  if (known.source === 'enrollment') {
    const detail =
      'The student completed this code on this date by an enrollment: correct its grade instead.';
    return { code: 'completion_of_enrollment', detail };
  }
  const { code, credits, grade } = line;
  if (known.code === code && known.credits === credits && known.grade === grade) return 'unchanged';
  completions[completions.indexOf(known)] = { ...known, code, credits, grade, source: 'import' };
  return 'changed';
}

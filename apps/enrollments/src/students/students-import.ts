import { z } from 'zod';
import { studentTag } from '@registrar/eligibility';
import { emptyAsNull } from '@registrar/service';
import { creditsCell, tagsCell } from '../record-import/cells.ts';
import type { RecordImportKind } from '../record-import/record-import.ts';
import { recordAfter } from './students.service.ts';

const fields = z.object({
  programs: tagsCell.optional(),
  level: emptyAsNull(studentTag).optional(),
  groups: tagsCell.optional(),
  creditLimit: emptyAsNull(creditsCell(60)).optional(),
});

type StudentFields = z.infer<typeof fields>;
const columns = ['programs', 'level', 'groups', 'creditLimit'] as const;

/** Files of students: columns that are not in the file stay as they are, an empty cell clears. */
export const studentsImport: RecordImportKind<never, (typeof columns)[number], StudentFields> = {
  name: 'students',
  columns: [],
  optional: columns,
  fields,
  keyOf: () => '',
  rejudges: true,
  decide: (record, [patch = {}]) => {
    const after = recordAfter(record, patch);
    return { record: after, verdicts: [after ? 'changed' : 'unchanged'] };
  },
};

import * as examples from './examples.ts';
import { importQuery, maxRecordLines, recordImportResult } from './import.ts';

/** What all imports about students have in common. */
export const recordImport = {
  method: 'POST',
  caller: 'registrar',
  timeLimitMs: 120_000,
  idempotency: 'optional',
  query: importQuery,
  body: 'text/csv',
  description: `At most ${maxRecordLines} lines; of two about the same thing the last counts. The same file again changes nothing.`,
  answers: {
    200: {
      description: 'What became of the lines.',
      schema: recordImportResult,
      example: examples.recordImportResult,
    },
  },
} as const;

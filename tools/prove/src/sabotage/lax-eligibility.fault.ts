/** Test only: holds and tickets are not looked at, and any grade will do. */
import { GradeScale } from '@registrar/eligibility';
import { changeReads } from './change-reads.ts';

changeReads((table, item) => {
  if (table.endsWith('_semesters') && 'tickets' in item) return { ...item, tickets: [] };
  return table.endsWith('_students') ? { ...item, holds: [] } : item;
});

GradeScale.prototype.reaches = () => true;

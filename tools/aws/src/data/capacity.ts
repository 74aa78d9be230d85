import type { PhysicalTable } from '@registrar/dynamodb';
import type { Deployment } from '../deployment/deployment.ts';

/** Capacity units a second. */
export interface Capacity {
  readonly read: number;
  readonly write: number;
}

/** The indexes that people's reads go to. */
export const readIndexes: readonly string[] = [
  'CoursesBySemester',
  'EnrollmentsByUser',
  'EnrollmentsByCourse',
  'NotificationsByUser',
];

/** Of a table with such an index. */
export const tableCapacity: Capacity = { read: 20, write: 10 };

/** Of such an index: every write of its table is one of its own, so it takes as many. */
export const indexCapacity: Capacity = { read: 5, write: 10 };

/** Auto-scaling goes up to so many times the capacity. */
export const mostCapacity = 40;

/** Whether a table has capacity of its own; the others are paid by use in any case. */
export function isProvisioned({ indexes }: PhysicalTable, { tables }: Pick<Deployment, 'tables'>): boolean {
  return tables === 'provisioned' && indexes.some(({ name }) => readIndexes.includes(name));
}

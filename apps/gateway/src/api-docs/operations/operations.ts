import type { Operation } from '../operation.ts';
import { authOperations } from './auth.operations.ts';
import { courseOperations } from './courses.operations.ts';
import { enrollmentOperations } from './enrollments.operations.ts';
import { notificationOperations } from './notifications.operations.ts';
import { operationOperations } from './operation.operations.ts';
import { rosterOperations } from './roster.operations.ts';

/** Every operation of the API, in the order of the document. */
export const operations: readonly Operation[] = [
  ...authOperations,
  ...courseOperations,
  ...enrollmentOperations,
  ...rosterOperations,
  ...notificationOperations,
  ...operationOperations,
];

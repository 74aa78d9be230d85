/**
 * Imported only when it is needed, as everything that imports contracts: at the first start nothing is built yet.
 */
import { topics as ofCourses } from '@registrar/contracts-courses';
import { topics as ofEnrollments } from '@registrar/contracts-enrollments';
import { topics as ofGateway } from '@registrar/contracts-gateway';
import { topics as ofNotifications } from '@registrar/contracts-notifications';
import type { TopicDefinition } from '@registrar/messaging';

/** Every topic of the contracts. */
export const contractTopics: readonly TopicDefinition[] = [
  ...ofGateway,
  ...ofCourses,
  ...ofEnrollments,
  ...ofNotifications,
];

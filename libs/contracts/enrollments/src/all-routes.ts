import { registrationRoutes } from './routes.ts';
import { studentRoutes } from './student-routes.ts';

/** Every route of the enrollments service that is reached from outside. */
export const enrollmentRoutes = { ...registrationRoutes, ...studentRoutes };

import { changeRoutes } from './change-routes.ts';
import { holdRoutes } from './hold-routes.ts';
import { permitRoutes } from './permit-routes.ts';
import { planRoutes } from './plan-routes.ts';
import { registrationRoutes } from './routes.ts';
import { seatRoutes } from './seat-routes.ts';
import { studentRoutes } from './student-routes.ts';
import { waitlistRoutes } from './waitlist-routes.ts';

/** Every route of the enrollments service that is reached from outside. */
export const enrollmentRoutes = {
  ...registrationRoutes,
  ...seatRoutes,
  ...studentRoutes,
  ...holdRoutes,
  ...changeRoutes,
  ...permitRoutes,
  ...planRoutes,
  ...waitlistRoutes,
};

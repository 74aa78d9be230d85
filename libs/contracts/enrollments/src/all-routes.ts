import { changeRoutes } from './change-routes.ts';
import { holdRoutes } from './hold-routes.ts';
import { permitRoutes } from './permit-routes.ts';
import { registrationRoutes } from './routes.ts';
import { seatRoutes } from './seat-routes.ts';
import { studentRoutes } from './student-routes.ts';

/** Every route of the enrollments service that is reached from outside. */
export const enrollmentRoutes = {
  ...registrationRoutes,
  ...changeRoutes,
  getSeats: seatRoutes.getSeats,
  streamSeats: seatRoutes.streamSeats,
  ...permitRoutes,
  ...studentRoutes,
  ...holdRoutes,
};

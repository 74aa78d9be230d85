import { courseRoutes } from '@registrar/contracts-courses';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { documentRoutes, gatewayRoutes } from '@registrar/contracts-gateway';
import type { Route, ServiceName } from '@registrar/contracts-http';
import { notificationRoutes } from '@registrar/contracts-notifications';
import { healthRoutes } from '@registrar/endpoint';

/** Services behind the gateway. */
export const upstreamNames = ['courses', 'enrollments', 'notifications'] as const satisfies ServiceName[];

/** A service behind the gateway. */
export type UpstreamName = (typeof upstreamNames)[number];

/** A route that a service behind the gateway answers. */
export type ProxiedRoute = Route & { readonly service: UpstreamName };

/** Every route of the API that the documentation shows. */
export const apiRoutes: readonly Route[] = [
  gatewayRoutes,
  courseRoutes,
  enrollmentRoutes,
  notificationRoutes,
  healthRoutes,
].flatMap((routes) => Object.values<Route>(routes));

/** Every route that is reached from outside; what is not here does not exist there. */
export const publicRoutes: readonly Route[] = [...apiRoutes, ...Object.values<Route>(documentRoutes)];

/** Whether the gateway hands a route on, rather than answering it itself. */
export function isProxied(route: Route): route is ProxiedRoute {
  return route.service !== 'gateway';
}

import type { courseRoutes } from '@registrar/contracts-courses';
import type { enrollmentRoutes } from '@registrar/contracts-enrollments';
import type { gatewayRoutes } from '@registrar/contracts-gateway';
import type { AnswerOf, AskOf, Route } from '@registrar/contracts-http';
import type { notificationRoutes } from '@registrar/contracts-notifications';

type AllRoutes =
  | ValueOf<typeof courseRoutes>
  | ValueOf<typeof enrollmentRoutes>
  | ValueOf<typeof gatewayRoutes>
  | ValueOf<typeof notificationRoutes>;

type ValueOf<T> = T[keyof T];

/** Every public route by method and path, such as `GET /api/courses/:id`. Types only: nothing of it is in the bundle. */
export type RoutesByName = {
  [R in AllRoutes as R extends Route ? `${R['method']} ${R['path']}` : never]: R;
};

/** A route by method and path. */
export type RouteName = keyof RoutesByName & string;

/** What a route is asked with, without the token: the client adds it. */
export type Ask<Name extends RouteName> = RoutesByName[Name] extends infer R extends Route
  ? Omit<AskOf<R>, 'token'> & { readonly signal?: AbortSignal }
  : never;

/** The body of a route's good answer. */
export type AnswerTo<Name extends RouteName> = RoutesByName[Name] extends infer R extends Route
  ? AnswerOf<R>
  : never;

/** A service behind the gateway. */
export const services = ['courses', 'enrollments', 'notifications'] as const;

/** A service behind the gateway. */
export type ServiceName = (typeof services)[number];

/** How a path is handed on. */
export interface Route {
  readonly methods: readonly string[];
  /** Segments after a colon stand for one segment of the path. */
  readonly path: string;
  readonly service: ServiceName;
  /** `public` asks for no token. What a signed-in caller may do is the service's to judge. */
  readonly caller: 'public' | 'signed-in';
  /** Whether the answer is the same for everybody but staff, and so may be held at the edge. */
  readonly edge: boolean;
  /** Time for the whole answer, ms. For a stream: until it begins. */
  readonly timeLimitMs: number;
  /** Media type of the body, where the route takes one. */
  readonly body: 'application/json' | 'text/csv' | 'none';
  readonly bodyLimitBytes: number;
  /**
   * `always`: server-sent events. `shared`: where `Accept` asks for them; the same for everybody, so that all who
   * listen to one path share one stream of the service.
   */
  readonly stream: 'never' | 'shared' | 'always';
  /** Which instance is asked: `by-course` sends the writes of a course to the same one. */
  readonly choose: 'least-load' | 'by-course';
}

const mebibyte = 1_048_576;

const read = {
  methods: ['GET', 'HEAD'],
  caller: 'signed-in',
  edge: false,
  timeLimitMs: 3_000,
  body: 'none',
  bodyLimitBytes: 0,
  stream: 'never',
  choose: 'least-load',
} as const;
const write = { ...read, timeLimitMs: 10_000, body: 'application/json', bodyLimitBytes: mebibyte } as const;
const catalogue = { ...read, caller: 'public', edge: true } as const;
const courseWrite = { ...write, choose: 'by-course' } as const;

const courses = 'courses';
const enrollments = 'enrollments';
const notifications = 'notifications';

/**
 * Everything that is handed on, one row a route; what is not here does not exist outside. Method and path must
 * both fit; of two rows that fit, the first counts.
 */
export const routes: readonly Route[] = [
  { path: '/api/courses', service: courses, ...catalogue },
  { path: '/api/courses', service: courses, ...write, methods: ['POST'] },
  {
    path: '/api/courses/batch-get',
    service: courses,
    ...write,
    methods: ['POST'],
    caller: 'public',
    timeLimitMs: 3_000,
  },
  { path: '/api/courses/:id', service: courses, ...catalogue },
  { path: '/api/courses/:id', service: courses, ...write, methods: ['PATCH', 'DELETE'], timeLimitMs: 15_000 },
  { path: '/api/courses/:id/roster', service: enrollments, ...read, timeLimitMs: 15_000 },
  { path: '/api/courses/:id/seats', service: enrollments, ...read, caller: 'public', stream: 'shared' },
  { path: '/api/semesters', service: courses, ...catalogue },
  { path: '/api/semesters/:id', service: courses, ...catalogue },
  { path: '/api/semesters/:id', service: courses, ...write, methods: ['PUT'] },
  { path: '/api/departments', service: courses, ...catalogue },
  { path: '/api/departments/:id', service: courses, ...write, methods: ['PUT'] },

  { path: '/api/enrollments', service: enrollments, ...courseWrite, methods: ['POST'] },
  { path: '/api/enrollments/me', service: enrollments, ...read },
  { path: '/api/enrollments/swap', service: enrollments, ...courseWrite, methods: ['POST'] },
  {
    path: '/api/enrollments/import',
    service: enrollments,
    ...write,
    methods: ['POST'],
    body: 'text/csv',
    timeLimitMs: 120_000,
  },
  { path: '/api/enrollments/:id', service: enrollments, ...read },
  { path: '/api/enrollments/:id', service: enrollments, ...courseWrite, methods: ['PATCH', 'DELETE'] },
  { path: '/api/enrollments/:id/history', service: enrollments, ...read },

  { path: '/api/notifications/me', service: notifications, ...read },
  { path: '/api/notifications/stream', service: notifications, ...read, stream: 'always' },
  { path: '/api/notifications/preferences', service: notifications, ...read },
  { path: '/api/notifications/preferences', service: notifications, ...write, methods: ['PUT'] },
  { path: '/api/notifications/read-all', service: notifications, ...write, methods: ['POST'] },
  { path: '/api/notifications/:id/read', service: notifications, ...write, methods: ['POST'] },
];

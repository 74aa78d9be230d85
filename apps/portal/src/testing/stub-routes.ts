import type { AnswerTo, RouteName } from '../api/routes.ts';
import type { StubApi } from './stub-api.ts';
import type { Course, Plan } from './stub-data.ts';
import { identityRoutes } from './stub-identity.ts';
import { Refusal } from './stub-campus.ts';
import type { SentChanges } from './stub-changes.ts';
import { changeEnrollments } from './stub-changes.ts';
import { password, student } from './stub-data.ts';

/** A request that reached the stub. */
export interface Received {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The body as JSON; `{}` where there is none. */
  readonly body: Readonly<Record<string, never>>;
}

/** Answers by route: typed by the contract, so that the stub cannot say what the API does not. */
export type Routes = {
  readonly [Name in RouteName]?: (asked: Received, api: StubApi) => AnswerTo<Name>;
};

/** Routes that anybody may call. */
export const publicRoutes: readonly string[] = [
  'GET /api/campus',
  'GET /api/semesters',
  'GET /api/semesters/:id',
  'GET /api/departments',
  'GET /api/courses',
  'GET /api/courses/:id',
  'GET /api/courses/:id/seats',
  'POST /api/courses/batch-get',
  'POST /api/auth/register',
  'POST /api/auth/password-reset',
  'POST /api/auth/password-reset/confirm',
  'POST /api/auth/email-confirmation',
  'POST /api/auth/email-confirmation/resend',
];

const session = {
  user: student,
  accessToken: 'unused',
  refreshToken: 'unused',
  tokenType: 'Bearer',
  expiresIn: 900,
} as const;

const planRoutes: Routes = {
  'GET /api/plans/:semesterId': ({ params }, api) => api.campus.planOf(params['semesterId'] ?? ''),
  'PUT /api/plans/:semesterId': ({ params, body }, api) => {
    const before = api.campus.planOf(params['semesterId'] ?? '');
    const { entries } = body as unknown as { entries: Plan['entries'] };
    return (api.campus.plan = { ...before, entries, version: before.version + 1 });
  },
  'POST /api/plans/:semesterId/check': ({ params }, api) => {
    const { entries } = api.campus.planOf(params['semesterId'] ?? '');
    const free = entries.map(({ choices }) => ({
      chosen: 0,
      choices: choices.map(() => ({ problems: [] })),
    }));
    return api.campus.planCheck ?? { opensAt: new Date().toISOString(), entries: free };
  },
};

/** What the stub answers where no script says otherwise. */
export const routes: Routes = {
  'GET /api/campus': (_, api) => api.campus.campus,
  'GET /api/semesters': (_, api) => ({ items: api.campus.semesters }),
  'GET /api/semesters/:id': ({ params }, api) => {
    const found = api.campus.semesters.find(({ id }) => id === params['id']);
    if (!found) throw new Refusal(404, 'semester_not_found', 'There is no such semester.');
    return found;
  },
  'GET /api/semesters/:id/window': ({ params }, api) =>
    api.campus.windowOf(params['id'] ?? '', Date.now() + api.clockOffsetMs),
  'GET /api/students/me': (_, api) => api.campus.record,
  'GET /api/students/me/completions': ({ query }, api) => pageOf(api.campus.completions, query),
  'GET /api/holds/me': ({ query }, api) => pageOf(api.campus.holds, query),
  'GET /api/departments': (_, api) => ({ items: api.campus.departments }),
  'GET /api/courses': ({ query }, api) => pageOf(api.campus.courses.filter(matches(query)), query),
  'GET /api/courses/:id': ({ params }, api) => api.campus.courseOf(params['id'] ?? ''),
  'GET /api/courses/:id/seats': ({ params }, api) => api.campus.seatsOf(params['id'] ?? ''),
  'POST /api/courses/batch-get': ({ body }, api) => {
    const { ids } = body as unknown as { ids: string[] };
    const items = api.campus.courses.filter(({ id }) => ids.includes(id));
    return { items, missing: ids.filter((id) => !items.some((one) => one.id === id)) };
  },
  'GET /api/enrollments/me': ({ query }, api) =>
    pageOf(
      api.campus.enrollments.filter(
        ({ semesterId, status }) =>
          is(query.get('semesterId'), semesterId) && is(query.get('status'), status),
      ),
      query,
    ),
  'GET /api/enrollments/:id': ({ params }, api) => api.campus.enrollmentOf(params['id'] ?? ''),
  'GET /api/enrollments/:id/history': ({ params }, api) => {
    const { enrolledAt, status } = api.campus.enrollmentOf(params['id'] ?? '');
    const by = { actorId: student.id, actorRole: 'student', reason: null, override: [], permitId: null };
    return { items: [{ at: enrolledAt, action: 'enrolled', status, ...by }] };
  },
  'POST /api/enrollments': ({ body }, api) => api.campus.enroll(body as unknown as { courseId: string }),
  'DELETE /api/enrollments/:id': ({ params }, api) => api.campus.drop(params['id'] ?? ''),
  'PATCH /api/enrollments/:id': ({ params, body }, api) => {
    const held = api.campus.enrollmentOf(params['id'] ?? '');
    const changed = { ...held, ...(body as object), version: held.version + 1 };
    api.campus.enrollments = api.campus.enrollments.map((one) => (one.id === held.id ? changed : one));
    return changed;
  },
  'POST /api/enrollments/changes': ({ body, query }, api) =>
    changeEnrollments(api.campus, body as SentChanges, query.get('dryRun') === 'true'),
  'GET /api/courses/:id/seats/me': ({ params }, api) => api.campus.ownSeatsOf(params['id'] ?? ''),
  'GET /api/permits/me': ({ query }, api) => pageOf(api.campus.permits, query),
  'POST /api/courses/:id/permit-requests': ({ params, body }, api) => {
    const { id: courseId } = api.campus.courseOf(params['id'] ?? '');
    if (api.campus.requestedPermits.has(courseId))
      throw new Refusal(409, 'permit_request_exists', 'You have asked for a permit already.');
    api.campus.requestedPermits.add(courseId);
    const { reason } = body as unknown as { reason: string };
    const by = { userId: student.id, userName: student.name, userEmail: student.email };
    const requestedAt = new Date().toISOString();
    return { id: `prq_${courseId}`, courseId, ...by, reason, status: 'open', requestedAt };
  },
  ...planRoutes,
  ...identityRoutes,
  'GET /api/notifications/me': ({ query }, api) => {
    const all = api.campus.notifications;
    const unread = all.filter(({ readAt }) => readAt === null);
    return { ...pageOf(query.get('unread') === 'true' ? unread : all, query), unreadCount: unread.length };
  },
  'POST /api/notifications/:id/read': ({ params }, api) => {
    const read = api.campus.notifications.find(({ id }) => id === params['id']);
    if (!read) throw new Refusal(404, 'notification_not_found', 'There is no such notification.');
    const now = { ...read, readAt: new Date().toISOString() };
    api.campus.notifications = api.campus.notifications.map((one) => (one.id === now.id ? now : one));
    return now;
  },
  'POST /api/notifications/read-all': (_, api) => {
    const readAt = new Date().toISOString();
    api.campus.notifications = api.campus.notifications.map((one) => ({ ...one, readAt }));
  },
  'GET /api/notifications/preferences': (_, api) => api.campus.mailPreferences,
  'PUT /api/notifications/preferences': ({ body }, api) => (api.campus.mailPreferences = body as never),
  'GET /api/auth/me': () => student,
  'POST /api/auth/register': ({ body }) => {
    const { email } = body as unknown as { email: string };
    if (email === student.email) throw new Refusal(409, 'email_taken', 'This mail address has an account.');
    return session;
  },
  'POST /api/auth/password': ({ body }) => {
    const { currentPassword } = body as unknown as { currentPassword: string };
    if (currentPassword !== password)
      throw new Refusal(401, 'invalid_credentials', 'The current password is wrong.');
  },
  'POST /api/auth/password-reset': () => undefined,
  'POST /api/auth/password-reset/confirm': ({ body }) => {
    const { token } = body as unknown as { token: string };
    if (token !== 'good')
      throw new Refusal(400, 'invalid_reset_token', 'The link is used, too old or not whole.');
  },
};

function is(wanted: string | null, value: string): boolean {
  return wanted === null || wanted === value;
}

function matches(query: URLSearchParams): (of: Course) => boolean {
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/);
  return (of) =>
    is(query.get('departmentId'), of.departmentId) &&
    is(query.get('semesterId'), of.semesterId) &&
    (query.get('available') !== 'true' || of.seatsAvailable > 0) &&
    words.every((word) => `${of.code} ${of.title} ${of.description}`.toLowerCase().includes(word));
}

function pageOf<Item>(items: readonly Item[], query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 25);
  const start = Number(query.get('cursor') ?? 0);
  const end = start + limit;
  return { items: items.slice(start, end), nextCursor: end < items.length ? String(end) : null };
}

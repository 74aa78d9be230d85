import pMap from 'p-map';
import type { Dataset, PlannedEnrollment } from '../dataset/dataset.ts';
import { call } from './api-client.ts';

/** A course as the system answers it; only its id matters here. */
export type LoadedCourse = Readonly<Record<string, unknown>> & { readonly id: string };

/** An enrollment as the system answers it. */
export type LoadedEnrollment = Readonly<Record<string, unknown>> & { readonly id: string };

/** What was loaded, as the system made it. */
export interface Loaded {
  readonly courses: readonly LoadedCourse[];
  readonly enrollments: readonly LoadedEnrollment[];
}

/** Where to load to, and as whom. */
export interface LoadTarget {
  readonly gatewayUrl: string;
  readonly registrarToken: string;
  /** Tokens of the dataset's users, in its order. */
  readonly tokens: readonly string[];
}

const width = 24;

/** Departments, semesters and courses, by the public API as a registrar would load them. */
export async function loadCatalogue(
  data: Pick<Dataset, 'departments' | 'semesters' | 'courses'>,
  { gatewayUrl, registrarToken: token }: LoadTarget,
): Promise<LoadedCourse[]> {
  const put = (path: string, body: unknown) =>
    call({ method: 'PUT', url: `${gatewayUrl}/api/${path}`, token, body });
  await pMap(data.departments, ({ id, name }) => put(`departments/${id}`, { name }), { concurrency: width });
  await pMap(data.semesters, ({ id, body }) => put(`semesters/${id}`, body), { concurrency: 1 });
  return pMap(
    data.courses,
    (body, index) => {
      const request = { method: 'POST', url: `${gatewayUrl}/api/courses`, token, body } as const;
      return call<LoadedCourse>({ ...request, idempotencyKey: `load-course-${index}` });
    },
    { concurrency: width },
  );
}

/** Enrollments by the public API, each student one after the other, many students at a time. */
export async function loadEnrollments(
  enrollments: readonly PlannedEnrollment[],
  courses: readonly LoadedCourse[],
  { gatewayUrl, tokens }: LoadTarget,
): Promise<LoadedEnrollment[]> {
  const byUser = Map.groupBy(enrollments, ({ user }) => user);
  const made = await pMap(
    [...byUser],
    async ([user, wanted]) => {
      const own: LoadedEnrollment[] = [];
      for (const { course } of wanted) {
        const courseId = courses[course]?.id ?? '';
        const token = tokens[user] ?? '';
        const request = {
          method: 'POST',
          url: `${gatewayUrl}/api/enrollments`,
          token,
          body: { courseId },
        } as const;
        own.push(await call<LoadedEnrollment>({ ...request, idempotencyKey: `load-${user}-${course}` }));
      }
      return own;
    },
    { concurrency: width },
  );
  return made.flat();
}

import type { Course } from '@registrar/contracts-courses';
import type { Enrollment } from '@registrar/contracts-enrollments';
import { bodyOf } from '@registrar/contracts-http';
import pMap from 'p-map';
import type { Dataset, PlannedEnrollment } from '../dataset/dataset.ts';
import { seedApi } from './api-client.ts';

/** What was loaded, as the system made it. */
export interface Loaded {
  readonly courses: readonly Course[];
  readonly enrollments: readonly Enrollment[];
}

const concurrency = 24;

/** Departments, semesters and courses, by the public API as a registrar loads them. */
export async function loadCatalogue(
  data: Pick<Dataset, 'departments' | 'semesters' | 'courses'>,
  gatewayUrl: string,
  token: string,
): Promise<Course[]> {
  const api = seedApi(gatewayUrl);
  await pMap(
    data.departments,
    async ({ id, name }) => bodyOf(await api.putDepartment({ token, params: { id }, body: { name } })),
    { concurrency },
  );
  for (const { id, body } of data.semesters) bodyOf(await api.putSemester({ token, params: { id }, body }));
  return pMap(
    data.courses,
    async (body, index) => bodyOf(await api.createCourse({ token, key: `load-course-${index}`, body })),
    { concurrency },
  );
}

/** Enrollments by the public API, each student's one after the other; `tokens` are in the order of the users. */
export async function loadEnrollments(
  enrollments: readonly PlannedEnrollment[],
  courses: readonly Course[],
  gatewayUrl: string,
  tokens: readonly string[],
): Promise<Enrollment[]> {
  const api = seedApi(gatewayUrl);
  const byUser = Map.groupBy(enrollments, ({ user }) => user);
  const made = await pMap(
    [...byUser],
    async ([user, wanted]) => {
      const own: Enrollment[] = [];
      for (const { course } of wanted) {
        const courseId = courses[course]?.id ?? '';
        const token = tokens[user];
        const key = `load-${user}-${course}`;
        own.push(bodyOf(await api.enroll({ token, key, body: { courseId } })));
      }
      return own;
    },
    { concurrency },
  );
  return made.flat();
}

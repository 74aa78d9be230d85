import {
  courseRoutes,
  createCourseRequest,
  newCourseDefaults,
  patchCourseRequest,
} from '@registrar/contracts-courses';
import type { Course } from '@registrar/contracts-courses';
import type { Seen, StubAnswer } from './stub-system.ts';

const { semesterId: _semester, ...example } = courseRoutes.getCourse.answers[200].example;
const [department] = courseRoutes.listDepartments.answers[200].example.items;
const semester = courseRoutes.getSemester.answers[200].example;

/** A courses service that keeps what it is sent, as far as the contract's schemas go. */
export class FakeCourses {
  readonly courses = new Map<string, Course>();
  readonly departments: string[] = [];
  /** Answers instead of the service where it gives one. */
  interfere: (request: Seen) => StubAnswer | undefined = () => undefined;

  readonly answer = (request: Seen): StubAnswer => this.interfere(request) ?? this.own(request);

  private own({ method, path, body, headers }: Seen): StubAnswer {
    const { pathname, searchParams } = new URL(path, 'http://stub');
    const id = pathname.split('/')[3] ?? '';
    if (pathname.startsWith('/api/semesters/'))
      return id === 'fall'
        ? { json: semester }
        : problem(404, 'semester_not_found', 'There is no such semester.');
    if (pathname.startsWith('/api/departments')) return this.ofDepartments(method, id);
    if (method === 'POST') return this.create(body);
    if (method === 'PATCH') return this.change(id, body, String(headers['if-match']));
    const course = this.courses.get(id);
    if (id !== '')
      return course ? { json: course } : problem(404, 'course_not_found', 'There is no such course.');
    return this.page(searchParams);
  }

  private ofDepartments(method: string, id: string): StubAnswer {
    if (method === 'PUT') this.departments.push(id);
    return {
      json:
        method === 'PUT'
          ? department
          : { items: this.departments.map((each) => ({ ...department, id: each })) },
    };
  }

  private page(query: URLSearchParams): StubAnswer {
    const isDraft = query.get('status') === 'draft';
    const all = [...this.courses.values()].filter(({ status }) => (status === 'draft') === isDraft);
    const from = Number(query.get('cursor') ?? 0);
    const next = from + 2;
    return { json: { items: all.slice(from, next), nextCursor: next < all.length ? String(next) : null } };
  }

  private create(body: string): StubAnswer {
    const { data, error } = createCourseRequest.safeParse(JSON.parse(body));
    if (!data) return problem(422, 'validation_failed', error.message);
    const id = `crs_${this.courses.size + 1}`;
    const unknown = [...data.linked.flatMap(({ courseIds }) => courseIds), data.crossListedOf ?? []]
      .flat()
      .filter((each) => !this.courses.has(each));
    if (unknown.length > 0) return problem(422, 'validation_failed', `There is no course ${unknown.join()}.`);
    const defaults = { ...newCourseDefaults, capacity: example.capacity };
    this.courses.set(id, { ...example, ...defaults, ...data, id, version: 1 } as Course);
    return { status: 201, json: this.courses.get(id) };
  }

  private change(id: string, body: string, ifMatch: string): StubAnswer {
    const course = this.courses.get(id);
    const { data, error } = patchCourseRequest.safeParse(JSON.parse(body));
    if (!course) return problem(404, 'course_not_found', 'There is no such course.');
    if (ifMatch !== `"${course.version}"`)
      return problem(412, 'version_conflict', 'It was changed meanwhile.');
    if (!data) return problem(422, 'validation_failed', error.message);
    const changed = { ...course, ...data, version: course.version + 1 } as Course;
    this.courses.set(id, changed);
    return { json: changed };
  }
}

function problem(status: number, code: string, detail: string): StubAnswer {
  return { status, json: { code, detail, status } };
}

import { defineRoutes, publicCacheControl } from '@registrar/contracts-http';
import { z } from 'zod';
import { chosenId, course } from './course.ts';
import * as examples from './examples.ts';
import {
  courseBatchAnswer,
  courseBatchRequest,
  courseListQuery,
  coursePage,
  createCourseRequest,
  department,
  departmentList,
  patchCourseRequest,
  putDepartmentRequest,
  semesterList,
} from './http.ts';
import { putSemesterRequest } from './put-semester.ts';
import { semester } from './semester.ts';

const courses = { tag: 'Courses' } as const;
const lists = { tag: 'Semesters and departments' } as const;
const catalogue = {
  caller: 'public',
  edge: true,
  cache: { control: publicCacheControl, name: 'registrar-courses' },
} as const;
const semesters = {
  ...catalogue,
  cache: { control: publicCacheControl, name: 'registrar-semesters' },
} as const;
const departments = {
  ...catalogue,
  cache: { control: publicCacheControl, name: 'registrar-departments' },
} as const;
const ofCourse = { params: { id: examples.course.id } } as const;
const ofSemester = { params: { id: examples.semester.id } } as const;
const withChosenId = z.strictObject({ id: chosenId });

/** Every route of the courses service. */
export const courseRoutes = defineRoutes('courses', {
  listCourses: {
    ...courses,
    ...catalogue,
    method: 'GET',
    path: '/api/courses',
    summary: 'Courses in order of department, code and section, or of relevance',
    scope: 'catalog.write',
    description:
      'Of the current semester, unless another is named. Filters are combined by AND. `sort=relevance` with `q` puts code and title before description, whole words before beginnings, and last what only a typo keeps from fitting. Counts are two seconds old at most.',
    query: courseListQuery,
    answers: {
      200: {
        description: 'A page.',
        schema: coursePage,
        example: { items: [examples.course], nextCursor: null },
      },
    },
    problems: { 400: ['invalid_cursor'] },
  },
  getCourse: {
    ...courses,
    ...catalogue,
    method: 'GET',
    path: '/api/courses/:id',
    summary: 'One course',
    scope: 'catalog.write',
    answers: { 200: { description: 'The course.', schema: course, example: examples.course } },
    problems: { 404: ['course_not_found'] },
    examples: ofCourse,
  },
  getCourses: {
    ...courses,
    method: 'POST',
    path: '/api/courses/batch-get',
    summary: 'Up to a hundred courses by id',
    caller: 'public',
    timeLimitMs: 3_000,
    body: courseBatchRequest,
    answers: {
      200: {
        description: 'Those that exist, and the ids of the others.',
        schema: courseBatchAnswer,
        example: { items: [examples.course], missing: [] },
      },
    },
    examples: { body: { ids: [examples.course.id] } },
  },
  createCourse: {
    ...courses,
    method: 'POST',
    path: '/api/courses',
    summary: 'Offer a course',
    description:
      'One with `crossListedOf` is the same class under another code: `waitlistCapacity`, `meetings`, `instructorIds`, `status` and `reservations` are those of the class and left out, and `capacity` may be. Courses in `linked` are of the same semester and have no linked sections of their own.',
    caller: 'registrar',
    scope: 'catalog.write',
    idempotency: 'optional',
    body: createCourseRequest,
    answers: {
      201: {
        description: 'The course; it can be enrolled in at once.',
        schema: course,
        example: examples.course,
        headers: { Location: 'Where it is.' },
      },
    },
    problems: { 409: ['course_exists'] },
    examples: { body: examples.courseFields },
  },
  changeCourse: {
    ...courses,
    method: 'PATCH',
    path: '/api/courses/:id',
    summary: 'Change a course',
    description:
      'Only what is named changes. Null takes away a deadline of its own, a requirement, a restriction or variable credits. What a cross-listed course has of its class is changed at the class, and its cross-listed courses follow before the answer.',
    caller: 'registrar',
    scope: 'catalog.write',
    conditional: 'if-match',
    timeLimitMs: 15_000,
    body: patchCourseRequest,
    answers: { 200: { description: 'The course as it is now.', schema: course, example: examples.course } },
    problems: {
      404: ['course_not_found'],
      409: ['invalid_transition', 'capacity_below_enrolled', 'course_exists'],
    },
    examples: { ...ofCourse, body: { title: 'Programming, an Introduction' } },
  },
  cancelCourse: {
    ...courses,
    method: 'DELETE',
    path: '/api/courses/:id',
    summary: 'Cancel a course for good; its students are told',
    caller: 'registrar',
    scope: 'catalog.write',
    timeLimitMs: 15_000,
    answers: {
      200: {
        description: 'The course, cancelled.',
        schema: course,
        example: { ...examples.course, status: 'cancelled' },
      },
    },
    problems: { 404: ['course_not_found'], 412: ['version_conflict'] },
    examples: ofCourse,
  },
  listSemesters: {
    ...lists,
    ...semesters,
    method: 'GET',
    path: '/api/semesters',
    summary: 'Semesters',
    answers: {
      200: { description: 'All of them.', schema: semesterList, example: { items: [examples.semester] } },
    },
  },
  getSemester: {
    ...lists,
    ...semesters,
    method: 'GET',
    path: '/api/semesters/:id',
    summary: 'One semester',
    answers: { 200: { description: 'The semester.', schema: semester, example: examples.semester } },
    problems: { 404: ['semester_not_found'] },
    examples: ofSemester,
  },
  putSemester: {
    ...lists,
    method: 'PUT',
    path: '/api/semesters/:id',
    summary: 'Make or change a semester',
    description:
      'Of `tickets`, `holidays` and `pausedAt`, what is left out stays as it is. `If-Match` is honoured where it is sent.',
    caller: 'registrar',
    scope: 'catalog.write',
    params: withChosenId,
    body: putSemesterRequest,
    answers: {
      200: { description: 'The semester as it is now.', schema: semester, example: examples.semester },
    },
    problems: { 412: ['version_conflict'] },
    examples: { ...ofSemester, body: examples.semesterFields },
  },
  listDepartments: {
    ...lists,
    ...departments,
    method: 'GET',
    path: '/api/departments',
    summary: 'Departments',
    answers: {
      200: { description: 'All of them.', schema: departmentList, example: { items: [examples.department] } },
    },
  },
  putDepartment: {
    ...lists,
    method: 'PUT',
    path: '/api/departments/:id',
    summary: 'Make or rename a department',
    caller: 'registrar',
    scope: 'catalog.write',
    params: withChosenId,
    body: putDepartmentRequest,
    answers: {
      200: { description: 'The department as it is now.', schema: department, example: examples.department },
    },
    examples: { params: { id: examples.department.id }, body: { name: examples.department.name } },
  },
});

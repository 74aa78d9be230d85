import { defineRoutes } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { recordImport } from './record-import-route.ts';
import {
  completion,
  completionPage,
  completionsQuery,
  gradesRequest,
  gradesResult,
  newCompletionRequest,
  patchStudentRequest,
  student,
} from './students.ts';

const students = { tag: 'Students' } as const;
const ofStudent = { params: { userId: examples.student.userId } } as const;
const theStudent = { description: 'The record.', schema: student, example: examples.student } as const;
const userNotFound = { 404: ['user_not_found'] } as const;

const completions = {
  200: {
    description: 'A page.',
    schema: completionPage,
    example: { items: [examples.completion], nextCursor: null },
  },
} as const;

/** Routes of students: records, completions and grades. */
export const studentRoutes = defineRoutes('enrollments', {
  getOwnStudent: {
    ...students,
    method: 'GET',
    path: '/api/students/me',
    summary: 'The own record',
    caller: 'signed-in',
    answers: { 200: theStudent },
  },
  getStudent: {
    ...students,
    method: 'GET',
    path: '/api/students/:userId',
    audit: { read: 'student_read', subject: ({ params }) => params['userId'] },
    summary: "A student's record: the own one, or any for a registrar",
    caller: 'signed-in',
    scope: 'students.read',
    answers: { 200: theStudent },
    problems: userNotFound,
    examples: ofStudent,
  },
  changeStudent: {
    ...students,
    method: 'PATCH',
    path: '/api/students/:userId',
    summary: 'Change a record; in force for the very next request',
    caller: 'registrar',
    scope: 'students.write',
    conditional: 'if-match',
    body: patchStudentRequest,
    answers: { 200: theStudent },
    problems: userNotFound,
    examples: { ...ofStudent, body: { programs: ['CS'], level: 'sophomore' } },
  },
  importStudents: {
    ...students,
    ...recordImport,
    path: '/api/students/import',
    summary: 'Change many records from a file',
    scope: 'students.write',
    examples: { body: 'email,programs,level\nstudent@registrar.example,CS|MATH,sophomore\n' },
  },
  listOwnCompletions: {
    ...students,
    method: 'GET',
    path: '/api/students/me/completions',
    summary: 'The own completed courses, newest first',
    caller: 'signed-in',
    query: completionsQuery,
    answers: completions,
    problems: { 400: ['invalid_cursor'] },
  },
  listCompletions: {
    ...students,
    method: 'GET',
    path: '/api/students/:userId/completions',
    audit: { read: 'completions_read', subject: ({ params }) => params['userId'] },
    summary: "A student's completed courses, newest first: the own ones, or any for a registrar",
    caller: 'signed-in',
    scope: 'students.read',
    query: completionsQuery,
    answers: completions,
    problems: { 400: ['invalid_cursor'], ...userNotFound },
    examples: ofStudent,
  },
  noteCompletion: {
    ...students,
    method: 'POST',
    path: '/api/students/:userId/completions',
    summary: 'Note a completed course',
    caller: 'registrar',
    scope: 'students.write',
    idempotency: 'optional',
    body: newCompletionRequest,
    answers: {
      201: { description: 'The completion.', schema: completion, example: examples.completion },
    },
    problems: { ...userNotFound, 409: ['completion_exists'] },
    examples: {
      ...ofStudent,
      body: { code: 'MATH 101', credits: 4, grade: 'B+', completedOn: '2026-05-15' },
    },
  },
  removeCompletion: {
    ...students,
    method: 'DELETE',
    path: '/api/students/:userId/completions/:id',
    summary: 'Remove a completed course that did not come from an enrollment',
    caller: 'registrar',
    scope: 'students.write',
    answers: { 204: { description: 'It is gone.' } },
    problems: { 404: ['user_not_found', 'completion_not_found'], 409: ['completion_of_enrollment'] },
    examples: { params: { userId: examples.student.userId, id: examples.completion.id } },
  },
  importCompletions: {
    ...students,
    ...recordImport,
    path: '/api/students/completions/import',
    summary: 'Note many completed courses from a file',
    scope: 'students.write',
    examples: {
      body: 'email,code,credits,grade,completedOn\nstudent@registrar.example,MATH 101,4,B+,2026-05-15\n',
    },
  },
  gradeCourse: {
    ...students,
    method: 'POST',
    path: '/api/courses/:id/grades',
    summary: 'Complete many enrollments of a course with their grades',
    description:
      'For registrars and the instructors of the course. Completed ones are corrected; each item stands for itself.',
    caller: 'signed-in',
    scope: 'enrollments.write',
    choose: 'by-course',
    timeLimitMs: 30_000,
    idempotency: 'optional',
    body: gradesRequest,
    answers: {
      200: {
        description: 'What became of the items.',
        schema: gradesResult,
        example: { completed: 1, refused: [] },
      },
    },
    problems: { 403: ['forbidden'], 404: ['course_not_found'] },
    examples: {
      params: { id: examples.courseId },
      body: { items: [{ enrollmentId: examples.enrollment.id, grade: 'A' }] },
    },
  },
});

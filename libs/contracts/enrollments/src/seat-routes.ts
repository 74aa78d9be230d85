import { defineRoutes, publicCacheControl } from '@registrar/contracts-http';
import * as examples from './examples.ts';
import { maxStreamedCourses, ownSeats, publicSeats, seatStreamQuery } from './seats.ts';

const enrollments = { tag: 'Enrollments' } as const;
const ofCourse = { params: { id: examples.courseId } } as const;

/** Routes of seats. */
export const seatRoutes = defineRoutes('enrollments', {
  getSeats: {
    ...enrollments,
    method: 'GET',
    path: '/api/courses/:id/seats',
    summary: 'The seats of a course now, or as a live stream',
    caller: 'public',
    cache: { control: publicCacheControl, name: 'registrar-seats' },
    stream: 'shared',
    answers: {
      200: {
        description: 'The seats.',
        schema: publicSeats,
        example: examples.seats,
        alternatives: {
          'text/event-stream': 'Events `seats`: the seats at once, and after each change within a second.',
        },
      },
    },
    problems: { 404: ['course_not_found'], 429: ['too_many_streams'] },
    examples: ofCourse,
  },
  getOwnSeats: {
    ...enrollments,
    method: 'GET',
    path: '/api/courses/:id/seats/me',
    summary: 'How many seats the caller could take now, and of which reservation first',
    caller: 'signed-in',
    answers: {
      200: { description: 'The seats.', schema: ownSeats, example: { available: 20, reservation: 'Honors' } },
    },
    problems: { 404: ['course_not_found'] },
    examples: ofCourse,
  },
  streamSeats: {
    ...enrollments,
    method: 'GET',
    path: '/api/seats/stream',
    summary: 'The seats of several courses as one live stream',
    description: `Of up to ${maxStreamedCourses} courses, their ids between commas; one that is named twice counts once.`,
    caller: 'public',
    cache: { control: 'no-cache' },
    stream: 'always',
    query: seatStreamQuery,
    answers: {
      200: {
        description:
          'Events `seats` as of one course: those of every course at once, and after each change within a second.',
        alternatives: { 'text/event-stream': 'Events `seats`.' },
      },
    },
    problems: { 404: ['course_not_found'], 429: ['too_many_streams'] },
    examples: { query: { courseIds: examples.courseId } },
  },
});

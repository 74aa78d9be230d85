import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServiceTokens } from '@registrar/auth';
import type { CourseState, Semester } from '@registrar/contracts-courses';
import { coursesPact } from '@registrar/contracts-enrollments';
import type { ServiceConfig } from '@registrar/service';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CoursesConfig } from '../courses.config.ts';
import { EnrollmentsClient } from './enrollments.client.ts';

const at = '2026-01-01T00:00:00.000Z';
const { semester, offering, seats } = coursesPact;
const asked: { method: string | undefined; path: string | undefined; body: unknown }[] = [];
/** Answers exactly as the pact says. */
const provider = createServer((request, response) => {
  void request.toArray().then((chunks: Buffer[]) => {
    const { method, url: path } = request;
    asked.push({ method, path, body: JSON.parse(Buffer.concat(chunks).toString()) });
    const agreed = Object.values(coursesPact).find((each) => each.path === path && each.method === method);
    response.writeHead(agreed?.status ?? 404).end(JSON.stringify(agreed?.answer ?? {}));
  });
});
let client: EnrollmentsClient;

beforeEach(async () => {
  asked.length = 0;
  provider.listen(0, '127.0.0.1');
  await once(provider, 'listening');
  const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const tokens = new ServiceTokens(
    { SERVICE_TOKEN_SECRET: 'a secret of the tests that is long enough' } as ServiceConfig,
    'courses',
  );
  client = new EnrollmentsClient({ ENROLLMENTS_URL: [url] } as CoursesConfig, tokens);
});

afterEach(async () => {
  await client.onApplicationShutdown();
  provider.close();
  await once(provider, 'close');
});

function agreed({ method, path, body }: (typeof coursesPact)[keyof typeof coursesPact]) {
  return [{ method, path, body }];
}

it('tells of a semester as agreed with enrollments', async () => {
  const whole = { id: 'pact', name: 'Pact', startsOn: '2026-01-01', endsOn: '2026-05-01', current: true };
  await client.putSemester({ ...whole, ...semester.body, updatedAt: at } satisfies Semester);
  expect(asked).toEqual(agreed(semester));
});

it('tells of a course as agreed with enrollments, and understands its seats', async () => {
  const { actorId, ...course } = offering.body;
  const times = { createdAt: at, updatedAt: at };
  const whole = { ...course, id: offering.answer.courseId, description: '', ...times };
  const state: CourseState = {
    ...whole,
    instructorIds: [...course.instructorIds],
    meetings: [...course.meetings],
    prerequisites: [...course.prerequisites],
  };
  expect(await client.putOffering(state, actorId)).toEqual(offering.answer);
  expect(asked).toEqual(agreed(offering));
});

it('asks for counts as agreed with enrollments, and understands them', async () => {
  expect(await client.seats(seats.body.courseIds)).toEqual(seats.answer.items);
  expect(asked).toEqual(agreed(seats));
});

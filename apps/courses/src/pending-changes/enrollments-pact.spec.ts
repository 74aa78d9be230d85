import { ServiceTokens } from '@registrar/auth';
import { courseState, semester as semesterState } from '@registrar/contracts-courses';
import { coursesPact } from '@registrar/contracts-enrollments';
import type { ServiceConfig } from '@registrar/service';
import { PactProvider } from '@registrar/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CoursesConfig } from '../courses.config.ts';
import { EnrollmentsClient } from './enrollments.client.ts';

const at = '2026-01-01T00:00:00.000Z';
const { semester, offering, seats } = coursesPact;
let provider: PactProvider;
let client: EnrollmentsClient;

beforeEach(async () => {
  provider = await PactProvider.start(coursesPact);
  const tokens = new ServiceTokens(
    { SERVICE_TOKEN_SECRET: 'a secret of the tests that is long enough' } as ServiceConfig,
    'courses',
  );
  client = new EnrollmentsClient({ ENROLLMENTS_URL: [provider.url] } as CoursesConfig, tokens);
});

afterEach(async () => {
  await client.onApplicationShutdown();
  await provider.stop();
});

it('tells of a semester as agreed with enrollments', async () => {
  const whole = { id: 'pact', name: 'Pact', startsOn: '2026-01-01', endsOn: '2026-05-01', current: true };
  const others = { holidays: ['2026-01-19'], updatedAt: at };
  await client.putSemester(semesterState.parse({ ...whole, ...semester.body, ...others }));
  expect(provider.asked).toEqual([PactProvider.askedAs(semester)]);
});

it('tells of a course as agreed with enrollments, and understands its seats', async () => {
  const { actorId, ...course } = offering.body;
  const times = { createdAt: at, updatedAt: at };
  const state = { ...course, id: offering.answer.courseId, description: '', ...times };
  expect(await client.putOffering(courseState.parse(state), actorId)).toEqual(offering.answer);
  expect(provider.asked).toEqual([PactProvider.askedAs(offering)]);
});

it('asks for counts as agreed with enrollments, and understands them', async () => {
  expect(await client.seats(seats.body.courseIds)).toEqual(seats.answer.items);
  expect(provider.asked).toEqual([PactProvider.askedAs(seats)]);
});

import { coursesPact } from '@registrar/contracts-enrollments';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';

let system: EnrollmentsSystem;
beforeAll(async () => void (system = await EnrollmentsSystem.start()));
afterAll(() => system.stop());

it.each(Object.values(coursesPact))('$asks, as agreed with the courses service', async (interaction) => {
  const { method, path, body, status, answer } = interaction;
  const actual = await system.internal(method, path.replace('/internal/', ''), body);
  expect(actual.status).toBe(status);
  expect(actual.body).toMatchObject(answer);
});

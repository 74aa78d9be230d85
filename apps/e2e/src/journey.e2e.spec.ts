import { startSystem } from '@registrar/stack';
import type { System } from '@registrar/stack';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Client, expectStatus } from './support/client.ts';
import { walkJourney } from './support/journey.ts';
import { School } from './support/school.ts';

let system: System;
let school: School;

beforeAll(async () => {
  system = await startSystem({ name: 'e2e-journey' });
  school = await School.open(system);
});
afterAll(() => system.stop());

describe('the main job', () => {
  it('works from registering to the mail', () => walkJourney(system, school));

  it.each(['gateway', 'courses', 'enrollments', 'notifications'] as const)(
    'works again after %s was killed',
    async (app) => {
      system.kill(app, 0, 'SIGKILL');
      await system.untilReady(app);
      const [student, course] = [await Client.newStudent(system.gatewayUrl), await school.course()];
      await vi.waitFor(async () => {
        expectStatus(await student.post('/api/enrollments', { courseId: course.id }), 201);
      }, 10_000);
    },
  );

  it('keeps every app healthy, with each dependency named', async () => {
    for (const app of ['gateway', 'courses', 'enrollments', 'notifications'] as const) {
      const [instance] = system.instances(app);
      const health = await Client.anonymous(instance?.url ?? '').get<{
        status: string;
        dependencies: object;
      }>('/health/ready');
      expect(health.status).toBe(200);
      expect(Object.keys(health.body.dependencies)).toEqual(expect.arrayContaining(['dynamodb']));
    }
  });
});

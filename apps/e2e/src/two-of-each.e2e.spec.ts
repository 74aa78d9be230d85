import { startSystem } from '@registrar/stack';
import type { System } from '@registrar/stack';
import { afterAll, beforeAll } from 'vitest';
import { describeConcurrentStudents } from './concurrent-students.suite.ts';
import { describeSectionsUnderKill } from './sections.suite.ts';
import { describeStoppedInstance } from './stopped-instance.suite.ts';
import { unlimited } from './support/unlimited.ts';

let system: System;

beforeAll(async () => {
  const instances = { gateway: 2, courses: 2, enrollments: 2, notifications: 2 };
  // Without a place of its own for each course, both enrollments instances race for every seat.
  const env = { ...unlimited, ROUTE_BY_COURSE: 'false' };
  system = await startSystem({ name: 'e2e-two', instances, env });
});
afterAll(() => system.stop());

describeConcurrentStudents(() => system);
describeStoppedInstance(() => system);
describeSectionsUnderKill(() => system);

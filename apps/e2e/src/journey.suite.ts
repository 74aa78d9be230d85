import { randomBytes } from 'node:crypto';
import { ExposedMetrics, askings } from '@registrar/observability';
import { appNames } from '@registrar/stack';
import type { System } from '@registrar/stack';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { request } from 'undici';
import { Client, expectStatus } from './support/client.ts';
import { walkJourney } from './support/journey.ts';
import { Fixture } from './support/fixture.ts';
import type { SpanReceiver } from './support/span-receiver.ts';

let spans: SpanReceiver;
let system: System;
let fixture: Fixture;

/** Every instance sends its spans to `receiver`. */
export function describeJourney(running: () => System, receiver: () => SpanReceiver): void {
  describe('the journey of a student', () => {
    beforeAll(async () => {
      [system, spans] = [running(), receiver()];
      fixture = await Fixture.open(system);
    });

    describe('the main job', () => {
      it('works from registering to the mail', () => walkJourney(system, fixture));
    });

    describe('what shows how it runs', () => {
      it('has every metric that an alert or a panel asks for, with its labels', async () => {
        const urls = appNames.flatMap((app) => system.instances(app).map(({ metricsUrl }) => metricsUrl));
        const pages = await Promise.all(urls.map(async (url) => (await request(url)).body.text()));
        const exposed = new ExposedMetrics(pages);
        const lacking = askings().map(({ who, uses }) => ({ who, missing: exposed.missing(uses) }));
        expect(lacking.filter(({ missing }) => missing.length > 0)).toEqual([]);
      });

      it('has an enrollment as one trace, from the gateway through Kafka and the jobs to its mail', async () => {
        const [student, course] = [await Client.newStudent(system.gatewayUrl), await fixture.course()];
        const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
        const headers = { traceparent: `00-${traceId}-${spanId}-01` };
        const enrolled = await student.enroll({ courseId: course.id }, { headers });
        expectStatus(enrolled, 201);
        const steps = [
          'gateway: POST /api/enrollments',
          'gateway: POST enrollments',
          'enrollments: POST /api/enrollments',
          'enrollments: send enrollments.enrollment.v1',
          'notifications: process enrollments.enrollment.v1',
          'notifications: send mail',
        ];
        await vi.waitFor(() => expect(spans.walk(traceId, spanId, steps)).toEqual(steps), 10_000);
      });
    });

    describe('after a failure', () => {
      it.each(appNames)('the main job works again: %s was killed', async (app) => {
        system.kill(app, 0, 'SIGKILL');
        await system.untilReady(app);
        const [student, course] = [await Client.newStudent(system.gatewayUrl), await fixture.course()];
        await vi.waitFor(async () => {
          expectStatus(await student.enroll({ courseId: course.id }), 201);
        }, 10_000);
      });

      it('every app is healthy, with each dependency named', async () => {
        for (const app of appNames) {
          const [instance] = system.instances(app);
          const health = await request(`${instance?.url}/health/ready`);
          expect(health.statusCode).toBe(200);
          const { dependencies } = (await health.body.json()) as { dependencies: object };
          expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(['dynamodb']));
        }
      });
    });
  });
}

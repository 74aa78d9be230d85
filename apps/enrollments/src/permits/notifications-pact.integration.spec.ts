import { ServiceTokens } from '@registrar/auth';
import { notificationsPact, notificationsPactState as state } from '@registrar/contracts-enrollments';
import type { ServiceConfig } from '@registrar/service';
import { stackEnvironment } from '@registrar/testing';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { permitsTable } from '../enrollment/student-record/permit-use.ts';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';
import { permitRequestsTable } from './permit-request.codec.ts';

let system: EnrollmentsSystem;
const place = { course_id: 'crs_pact', user_id: 'usr_pact' };

beforeAll(async () => {
  system = await EnrollmentsSystem.start();
  const { note, reason } = notificationsPact;
  const permit = { id: state.permitId, ...place, granted_key: '1', note: note.answer.note };
  const asked = { id: state.requestId, ...place, requested_key: '1', decline_reason: reason.answer.note };
  await system.dynamo.put({ TableName: system.dynamo.tables.name(permitsTable), Item: permit });
  await system.dynamo.put({ TableName: system.dynamo.tables.name(permitRequestsTable), Item: asked });
});
afterAll(() => system.stop());

it.each(Object.values(notificationsPact))('$asks, as agreed with notifications', async (interaction) => {
  const { method, path, status, answer } = interaction;
  const config = stackEnvironment('') as unknown as ServiceConfig;
  const token = new ServiceTokens(config, 'notifications').for('enrollments');
  const actual = await request(`${system.urls[0] ?? ''}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  expect(actual.statusCode).toBe(status);
  expect(await actual.body.json()).toMatchObject(answer);
});

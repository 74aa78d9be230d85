import { courseRoutes } from '@registrar/contracts-courses';
import { scopeFaults } from '@registrar/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoursesSystem } from './testing/courses-system.ts';

let system: CoursesSystem;

beforeAll(async () => {
  system = await CoursesSystem.start();
  await system.furnish();
  await system.ready();
});
afterAll(() => system.stop());

describe('an API client', () => {
  it('may do what its scopes say and nothing else, also without a gateway before the service', async () => {
    expect(await scopeFaults(courseRoutes, system.url(), system.issuer)).toEqual([]);
  });

  it('sees drafts with the scope of the catalogue alone', async () => {
    const draft = await system.create({ status: 'draft' });
    const status = async (headers: Record<string, string>) =>
      (await system.call(`GET /api/courses/${draft.id}`, { headers })).status;
    const listed = async (headers: Record<string, string>) =>
      (await system.call<{ items: unknown[] }>('GET /api/courses?status=draft', { headers })).body.items
        .length;
    const [may, mayNot] = [
      system.issuer.clientBearer(['catalog.write']),
      system.issuer.clientBearer(['users.read']),
    ];
    expect([await status(may), await status(mayNot)]).toEqual([200, 404]);
    expect([await listed(may), await listed(mayNot)]).toEqual([1, 0]);
  });
});

import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../faults.ts';
import { StubSystem } from '../testing/stub-system.ts';

let system: StubSystem;

beforeAll(async () => {
  system = await StubSystem.start();
});
afterAll(() => system.stop());

const user = { ...gatewayRoutes.getUser.answers[200].example, id: 'usr_a', email: 'ada@registrar.example' };
const campus = { ...gatewayRoutes.campus.answers[200].example, timeZone: 'America/New_York' };
const hold = {
  ...enrollmentRoutes.placeHold.answers[201].example,
  id: 'hld_1',
  userId: 'usr_a',
  office: 'Library',
  reason: 'A book.',
  blocks: ['enroll'],
  placedAt: '2026-11-02T04:59:00.000Z',
  releasedAt: null as string | null,
};

describe('placing a hold', () => {
  const words = ['--office', 'Library', '--reason', 'A book.'];

  it.each([
    [['--email', 'ada@registrar.example'], '/api/users?email=ada%40registrar.example'],
    [['--external-id', 'S-1'], '/api/users?externalId=S-1'],
  ])('finds the student by %j', async (person, path) => {
    system.answers(({ method }) =>
      method === 'GET' ? { json: { items: [user], nextCursor: null } } : { status: 201, json: hold },
    );
    const ran = await system.runCommand(['holds', 'place', ...person, ...words, '--blocks', 'enroll,drop']);
    expect(ran).toMatchObject({
      code: exitCodes.done,
      out: 'Placed hld_1: ada@registrar.example cannot enroll until Library releases it.\n',
    });
    const [find, place] = system.seen;
    expect(find?.path).toBe(path);
    expect(place).toMatchObject({ method: 'POST', path: '/api/holds' });
    expect(JSON.parse(place?.body ?? '')).toEqual({
      userId: 'usr_a',
      office: 'Library',
      reason: 'A book.',
      blocks: ['enroll', 'drop'],
    });
    expect(place?.headers['idempotency-key']).toMatch(/./);
  });

  it('is signed in by the email before the command', async () => {
    const session = { ...gatewayRoutes.login.answers[200].example, accessToken: 'token' };
    system.answers(({ method, path }) => {
      if (path === '/api/auth/login') return { json: session };
      return method === 'GET' ? { json: { items: [user], nextCursor: null } } : { status: 201, json: hold };
    });
    const place = ['holds', 'place', '--email', 'ada@registrar.example', ...words];
    const environment = { REGISTRAR_PASSWORD: 'correct horse' };
    expect(await system.runCommand(place, environment)).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringContaining('give --email before the command') as string,
    });
    const ran = await system.runCommand(
      ['--email', 'desk@registrar.example', ...place, '--json'],
      environment,
    );
    expect(JSON.parse(ran.out)).toEqual(hold);
    expect(JSON.parse(system.seen[0]?.body ?? '')).toMatchObject({ email: 'desk@registrar.example' });
    expect(system.seen[1]?.path).toContain('ada%40registrar.example');
  });

  it.each([
    [[], 'Say who by --email or by --external-id'],
    [['--email', 'a', '--external-id', 'b'], 'cannot be used with'],
    [['--email', 'a', '--blocks', 'swap'], '--blocks is enroll, drop, or enroll,drop.'],
  ])('of %j is wrong use', async (more, text) => {
    system.answers(() => ({}));
    const ran = await system.runCommand(['holds', 'place', ...words, ...more]);
    expect(ran).toMatchObject({ code: exitCodes.usage, err: expect.stringContaining(text) as string });
    expect(system.seen).toEqual([]);
  });

  it('says so where nobody has the external id', async () => {
    system.answers(() => ({ json: { items: [], nextCursor: null } }));
    expect(await system.runCommand(['holds', 'place', '--external-id', 'S-9', ...words])).toMatchObject({
      code: exitCodes.failed,
      err: 'Nobody has the external id S-9. (user_not_found)\n',
    });
  });
});

describe('releasing a hold', () => {
  it('says which one', async () => {
    system.answers(() => ({ json: { ...hold, releasedAt: hold.placedAt, releasedBy: 'usr_r' } }));
    expect(await system.runCommand(['holds', 'release', 'hld_1'])).toMatchObject({
      code: exitCodes.done,
      out: 'hld_1 of Library is released.\n',
    });
    expect(system.seen[0]).toMatchObject({ method: 'DELETE', path: '/api/holds/hld_1' });
  });
});

describe('showing holds', () => {
  it('asks for those that are meant, and says times as the campus does', async () => {
    const released = { ...hold, id: 'hld_2', releasedAt: '2026-07-01T13:05:00.000Z', releasedBy: 'usr_r' };
    system.answers(({ path }) => {
      if (path.startsWith('/api/users')) return { json: { items: [user], nextCursor: null } };
      if (path === '/api/campus') return { json: campus };
      return path.includes('cursor')
        ? { json: { items: [released], nextCursor: null } }
        : { json: { items: [hold], nextCursor: 'next' } };
    });
    const filter = ['--email', 'ada@registrar.example', '--office', 'Library', '--active'];
    const { out } = await system.runCommand(['holds', 'list', ...filter]);
    expect(out).toBe(
      '2 holds:\n' +
        'hld_1  usr_a  Library  enroll  Nov 1, 2026, 11:59 PM EST  in force                           A book.\n' +
        'hld_2  usr_a  Library  enroll  Nov 1, 2026, 11:59 PM EST  released Jul 1, 2026, 9:05 AM EDT  A book.\n',
    );
    expect(system.seen[1]?.path).toBe('/api/holds?userId=usr_a&office=Library&active=true&limit=100');
    const { out: json } = await system.runCommand(['holds', 'list', '--json']);
    expect(JSON.parse(json)).toEqual({ holds: [hold, released] });
  });

  it('says so where there are none', async () => {
    system.answers(() => ({ json: { items: [], nextCursor: null } }));
    expect((await system.runCommand(['holds', 'list'])).out).toBe('No holds.\n');
  });
});

import { gatewayRoutes } from '@registrar/contracts-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../faults.ts';
import { StubSystem } from '../testing/stub-system.ts';

let system: StubSystem;

beforeAll(async () => {
  system = await StubSystem.start();
});
afterAll(() => system.stop());

const client = { ...gatewayRoutes.getClient.answers[200].example, id: 'client_a', name: 'LMS' };
const secret = { ...gatewayRoutes.createClientSecret.answers[201].example, id: 'sec_a' };
const campus = { ...gatewayRoutes.campus.answers[200].example, timeZone: 'America/New_York' };

describe('API clients', () => {
  it('are made with scopes', async () => {
    system.answers(() => ({ status: 201, json: client }));
    const command = ['clients', 'create', 'LMS', '--scopes', 'users.read,enrollments.read'];
    expect(await system.runCommand(command)).toMatchObject({
      code: exitCodes.done,
      out: 'Made client_a. Its secret comes by: registrar clients secret client_a\n',
    });
    const [made] = system.seen;
    expect(made).toMatchObject({ method: 'POST', path: '/api/clients' });
    expect(JSON.parse(made?.body ?? '')).toEqual({ name: 'LMS', scopes: ['enrollments.read', 'users.read'] });
    expect(made?.headers['idempotency-key']).toMatch(/./);
  });

  it('are not made with a scope that there is not', async () => {
    const ran = await system.runCommand(['clients', 'create', 'LMS', '--scopes', 'users.read,everything']);
    expect([ran.code, ran.err]).toEqual([
      exitCodes.usage,
      expect.stringContaining('--scopes are some of catalog.write'),
    ]);
  });

  it('get a secret, which alone goes to stdout', async () => {
    system.answers(() => ({ status: 201, json: secret }));
    expect(await system.runCommand(['clients', 'secret', 'client_a'])).toMatchObject({
      code: exitCodes.done,
      out: `${secret.secret}\n`,
      err: 'Made sec_a of client_a. It is shown this once.\n',
    });
    expect(system.seen[0]).toMatchObject({ method: 'POST', path: '/api/clients/client_a/secrets' });
  });

  it('are listed with scopes, secrets and their last use', async () => {
    const unused = { ...client, id: 'client_b', lastUsedAt: null, secrets: [], scopes: [] };
    system.answers(({ path }) =>
      path === '/api/campus' ? { json: campus } : { json: { items: [client, unused], nextCursor: null } },
    );
    const { out } = await system.runCommand(['clients', 'list']);
    expect(out).toMatch(/client_a +LMS +secrets: sec_\w+ +used .*Aug 20.* +enrollments\.read users\.read/);
    expect(out).toMatch(/client_b +LMS +secrets: none +never used +no scopes/);
    const { out: json } = await system.runCommand(['clients', 'list', '--json']);
    expect(JSON.parse(json)).toEqual({ clients: [client, unused] });
  });
});

import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exitCodes } from '../faults.ts';
import { FakeImports } from '../testing/fake-imports.ts';
import { StubSystem } from '../testing/stub-system.ts';

let system: StubSystem;
let folder: string;

beforeAll(async () => {
  system = await StubSystem.start();
  folder = await mkdtemp(join(tmpdir(), 'registrar-users-'));
});
afterAll(async () => {
  system.stop();
  await rm(folder, { recursive: true });
});

const user = { ...gatewayRoutes.getUser.answers[200].example, id: 'usr_a', email: 'ada@registrar.example' };
const pageOf = (items: object[], nextCursor: string | null = null) => ({ json: { items, nextCursor } });

describe('importing users', () => {
  const fileOf = async (lines: string[]) => {
    const file = join(folder, 'users.csv');
    await writeFile(file, lines.join('\n'));
    return file;
  };

  it('sends slices of 2,000 lines with progress, and finds duplicates in the whole file', async () => {
    const server = new FakeImports(({ email }) =>
      email === 'taken@x.example' ? { code: 'email_taken', detail: 'Taken.' } : undefined,
    );
    system.answers(server.answer);
    const lines = Array.from({ length: 4_000 }, (_, at) => `${at},s${at}@x.example`);
    const file = await fileOf(['externalId,email', ...lines, '7,other@x.example', '9999,taken@x.example']);
    const ran = await system.runCommand(['users', 'import', file, '--json']);
    expect(ran.code).toBe(exitCodes.someRefused);
    expect(new Set(system.seen.map(({ path }) => path))).toEqual(new Set(['/api/users/import']));
    expect(JSON.parse(ran.out)).toMatchObject({
      changed: 4_000,
      refused: [
        { line: 9, code: 'duplicate_line', detail: 'Line 4002 is about the same; that one counts.' },
        { line: 4_003, code: 'email_taken' },
      ],
    });
    expect(ran.err).toContain('users 2000/4002 (49%), 0 refused');
  });

  it.each([
    ['email\na@x.example', 'The column externalId is missing'],
    ['externalId;name\n1;A', 'The column email is missing'],
  ])('is wrong use of %j', async (content, words) => {
    system.answers(() => ({}));
    const ran = await system.runCommand(['users', 'import', await fileOf([content])]);
    expect(ran).toMatchObject({ code: exitCodes.usage, err: expect.stringContaining(words) as string });
    expect(system.seen).toEqual([]);
  });
});

describe('searching users', () => {
  it('shows those who match, of all pages, up to a number', async () => {
    system.answers(({ path }) =>
      path.includes('cursor=next')
        ? pageOf([{ ...user, id: 'usr_c', email: 'c@registrar.example', name: 'C\u001B[2J' }])
        : pageOf([user, { ...user, id: 'usr_b', externalId: null }], 'next'),
    );
    const command = ['users', 'search', 'moss', '--role', 'student', '--status', 'active'];
    const all = await system.runCommand([...command, '--json']);
    expect(JSON.parse(all.out)).toMatchObject({
      users: [{ id: 'usr_a' }, { id: 'usr_b' }, { id: 'usr_c' }],
      isMore: false,
    });
    expect(system.seen[0]?.path).toBe('/api/users?q=moss&role=student&status=active&limit=100');
    const { out } = await system.runCommand([...command, '--max', '2']);
    expect(out).toMatch(/^usr_a .*\nusr_b .* - .*\nThere are more\.\n$/);
  });

  it('says so where nobody is found, and what it does not understand', async () => {
    system.answers(() => pageOf([]));
    expect((await system.runCommand(['users', 'search', 'x'])).out).toBe('Nobody is found.\n');
    for (const wrong of [
      ['--role', 'dean'],
      ['--status', 'gone'],
      ['--max', 'x'],
    ])
      expect((await system.runCommand(['users', 'search', 'x', ...wrong])).code).toBe(exitCodes.usage);
  });
});

describe('suspending a user', () => {
  it('finds them, says why, and tells what is so', async () => {
    system.answers(({ method }) =>
      method === 'GET' ? pageOf([user]) : { json: { ...user, status: 'suspended' } },
    );
    const who = ['--external-id', '4711'];
    const ran = await system.runCommand(['users', 'suspend', ...who, '--reason', 'A lost card']);
    expect(ran.out).toBe('The account of ada@registrar.example is now suspended.\n');
    const [find, suspend] = system.seen;
    expect(find?.path).toBe('/api/users?externalId=4711');
    expect(suspend).toMatchObject({ path: '/api/users/usr_a/suspend', body: '{"reason":"A lost card"}' });
    expect(suspend?.headers['idempotency-key']).toBeTruthy();
  });

  it('is ended by restoring them', async () => {
    system.answers(({ method }) =>
      method === 'GET' ? pageOf([{ ...user, status: 'suspended' }]) : { json: user },
    );
    const ran = await system.runCommand(['users', 'restore', '--email', user.email]);
    expect(ran.out).toBe('The account of ada@registrar.example is active again.\n');
    expect(system.seen[1]?.path).toBe('/api/users/usr_a/restore');
  });

  it('needs a name and a reason', async () => {
    system.answers(() => ({}));
    for (const wrong of [['suspend', '--email', 'a@x.example'], ['suspend', '--reason', 'x'], ['restore']])
      expect((await system.runCommand(['users', ...wrong])).code).toBe(exitCodes.usage);
    expect(system.seen).toEqual([]);
  });
});

describe('the first admin', () => {
  const secret = 'a secret that services of a system share';
  const link = {
    link: 'http://127.0.0.1:3000/reset-password#?token=rst_x.y',
    email: 'first@registrar.example',
    expiresAt: '2026-11-02T08:30:00.000Z',
  };

  it('gets a link, by a token of the secret that services share', async () => {
    system.answers(() => ({ json: link }));
    const command = ['bootstrap-admin', link.email];
    const ran = await system.runCommand(command, { SERVICE_TOKEN_SECRET: secret });
    expect(ran.code).toBe(exitCodes.done);
    expect(ran.out.split('\n')[0]).toBe(link.link);
    const [asked] = system.seen;
    expect(asked).toMatchObject({
      method: 'POST',
      path: '/internal/admin-bootstrap',
      body: `{"email":"${link.email}"}`,
    });
    const [header, claims, signature] = String(asked?.headers['authorization']).slice(7).split('.');
    const mac = createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url');
    expect(signature).toBe(mac);
    const { iss, aud } = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()) as Record<
      string,
      string
    >;
    expect([iss, aud]).toEqual(['registrar-cli', 'gateway']);
    expect(ran.out + ran.err).not.toContain(secret);
  });

  it('is refused where there is one', async () => {
    const code = 'admin_exists';
    system.answers(() => ({ status: 409, json: { code, detail: 'There is an active admin.' } }));
    const ran = await system.runCommand(['bootstrap-admin', link.email], { SERVICE_TOKEN_SECRET: secret });
    expect(ran).toMatchObject({ code: exitCodes.failed, err: 'There is an active admin. (admin_exists)\n' });
  });

  it('needs the secret', async () => {
    const ran = await system.runCommand(['bootstrap-admin', link.email], {});
    expect(ran).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringContaining('SERVICE_TOKEN_SECRET') as string,
    });
  });
});

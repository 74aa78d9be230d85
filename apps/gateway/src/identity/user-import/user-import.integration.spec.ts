import { userRegistered, userTopic } from '@registrar/contracts-gateway';
import { OutboxRelay } from '@registrar/messaging';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { admin } from '../../testing/gateway-system.ts';
import { startGateway } from '../../testing/start-gateway.ts';

const unlimited = { RATE_LIMIT_SIGN_IN_PER_SECOND: '0', RATE_LIMIT_USER_PER_SECOND: '0' };
const { gateway } = await startGateway(unlimited);
const path = '/api/users/import';
let root: string;
let registrar: string;
let run = 0;
/** What was published of users. */
const published: { type: string; data: { user: Record<string, unknown>; actorId: string } }[] = [];

beforeAll(async () => {
  root = (await gateway.signIn(admin.email, admin.password)).accessToken;
  const { user } = await gateway.register('registrar@registrar.example');
  await gateway.call('PUT', `/api/users/${user.id}/roles`, { token: root, body: { roles: ['registrar'] } });
  registrar = (await gateway.signIn('registrar@registrar.example')).accessToken;
  const relay = gateway.app.get(OutboxRelay, { strict: false });
  const publish = relay.publish.bind(relay);
  vi.spyOn(relay, 'publish').mockImplementation((entry) => {
    if (entry.topic === userTopic.name)
      published.push(...entry.events.map(({ value }) => JSON.parse(value) as (typeof published)[number]));
    publish(entry);
  });
});
beforeEach(() => {
  run += 1;
  published.length = 0;
});

/** An external id and an email of this test alone. */
const id = (name: string) => `${run}-${name}`;
const mail = (name: string) => `${name}.${run}@registrar.example`;

async function send(lines: string[], token = registrar, query = '') {
  const answer = await gateway.sendFile(path + query, lines.join('\n'), token);
  return [answer.status, answer.json];
}

const imported = (changed: number, unchanged = 0, refused: [number, string][] = []) => [
  200,
  { changed, unchanged, refused: refused.map(([line, code]) => expect.objectContaining({ line, code })) },
];

async function userOf(email: string) {
  const { items } = (await gateway.get(`/api/users?email=${encodeURIComponent(email)}`, root)).json as {
    items: Record<string, unknown>[];
  };
  return items[0];
}

describe('a file of users', () => {
  it('makes accounts that are verified and have no password, and sent again changes nothing', async () => {
    const lines = [
      'externalId;email;Given Name;givenName;familyName;roles',
      `${id('a')};${mail('a')};x;Zoë;Moss;`,
      `${id('b')};${mail('b')};x;Bo;;student | Instructor`,
    ];
    expect(await send(lines)).toEqual(imported(1, 0, [[2, 'invalid_line']]));
    lines[1] = `${id('a')};${mail('a')};x;Zoë;Moss;student`;
    expect(await send(lines)).toEqual(imported(1, 1));
    expect(await send(lines)).toEqual(imported(0, 2));
    expect(await userOf(mail('a'))).toMatchObject({
      name: 'Zoë Moss',
      givenName: 'Zoë',
      familyName: 'Moss',
      externalId: id('a'),
      status: 'active',
      emailVerified: true,
      roles: ['student'],
    });
    expect(await userOf(mail('b'))).toMatchObject({ name: 'Bo', familyName: null });
    expect(published.map(({ type, data }) => [type, data.user['version'], data.user['externalId']])).toEqual([
      [userRegistered.type, 1, id('b')],
      [userRegistered.type, 1, id('a')],
    ]);
    const answer = await gateway.post('/api/auth/login', {
      email: mail('a'),
      password: 'no password at all',
    });
    expect([answer.status, answer.json?.['code']]).toEqual([401, 'invalid_credentials']);
  });

  it('shows what would come of it where it is tried, and changes nothing', async () => {
    const lines = ['externalId,email', `${id('a')},${mail('a')}`, `${id('b')},${mail('a')}`];
    expect(await send(lines, registrar, '?dryRun=true')).toEqual(imported(1, 0, [[3, 'email_taken']]));
    expect(await userOf(mail('a'))).toBeUndefined();
    expect(published).toEqual([]);
  });

  it('finds people by external id, and gives them another email that is free', async () => {
    await send(['externalId,email,name', `${id('a')},${mail('a')},A`, `${id('b')},${mail('b')},B`]);
    const swap = ['externalId,email', `${id('a')},${mail('c')}`, `${id('b')},${mail('a')}`];
    expect(await send(swap)).toEqual(imported(2));
    expect([(await userOf(mail('c')))?.['name'], (await userOf(mail('a')))?.['name']]).toEqual(['A', 'B']);
    expect(await userOf(mail('b'))).toBeUndefined();
    const email = mail('b');
    const again = await gateway.post('/api/auth/register', {
      email,
      password: 'correct horse battery',
      name: 'C',
    });
    expect(again.status).toBe(201);
  });

  it('finds a verified email of an account without external id, and no other', async () => {
    await send(['externalId,email', `${id('v')},${mail('v')}`]);
    const verified = await userOf(mail('v'));
    const patch = { token: root, body: { externalId: null } };
    await gateway.call('PATCH', `/api/users/${String(verified?.['id'])}`, patch);
    await gateway.register(mail('unverified'));
    const lines = [
      'externalId,email,familyName',
      `${id('v2')},${mail('v').toUpperCase()},Moss`,
      `${id('u')},${mail('unverified')},Moss`,
    ];
    expect(await send(lines)).toEqual(imported(1, 0, [[3, 'email_taken']]));
    expect(await userOf(mail('v'))).toMatchObject({
      id: verified?.['id'],
      email: mail('v'),
      externalId: id('v2'),
      familyName: 'Moss',
    });
  });

  it('refuses lines that contradict themselves, lack a cell, or take what is not theirs', async () => {
    await send(['externalId,email', `${id('a')},${mail('a')}`, `${id('b')},${mail('b')}`]);
    const lines = [
      'externalId,email,roles,active,name',
      `${id('a')},${mail('b')},student,true,N`,
      `${id('new')},,student,true,N`,
      `,${mail('new')},student,true,N`,
      `,,student,true,N`,
      `${id('c')},no mail,student,true,N`,
      `${id('d')},${mail('d')},dean,true,N`,
      `${id('e')},${mail('e')},student,yes,N`,
      `${id('f')},${mail('f')},student|registrar,true,N`,
      `${id('g')},${mail('b')},student,true,N`,
      `${id('h')},${mail('h')},student,true,`,
      `${id('i')},"${mail('i')},student,true,N`,
      `${id('b')},,instructor,true,N`,
    ];
    expect(await send(lines)).toEqual(
      imported(1, 0, [
        [2, 'invalid_line'],
        [3, 'invalid_line'],
        [4, 'invalid_line'],
        [5, 'invalid_line'],
        [6, 'invalid_line'],
        [7, 'invalid_line'],
        [8, 'invalid_line'],
        [9, 'forbidden'],
        [10, 'email_taken'],
        [11, 'invalid_line'],
        [12, 'invalid_line'],
      ]),
    );
    expect(await userOf(mail('b'))).toMatchObject({ roles: ['instructor'], name: 'N' });
  });

  it('lets the last of two lines about one person count', async () => {
    const lines = ['externalId,email,name', `${id('a')},${mail('a')},Early`, `${id('a')},${mail('z')},Late`];
    expect(await send(lines)).toEqual(imported(1, 0, [[2, 'duplicate_line']]));
    expect(await userOf(mail('z'))).toMatchObject({ name: 'Late' });
    expect(await userOf(mail('a'))).toBeUndefined();
  });

  it('takes a line with an email alone for the person who has it in another line', async () => {
    const lines = ['externalId,email,name', `,${mail('a')},Early`, `${id('a')},${mail('a')},Late`];
    expect(await send(lines)).toEqual(imported(1, 0, [[2, 'duplicate_line']]));
    expect(await userOf(mail('a'))).toMatchObject({ name: 'Late', externalId: id('a') });
    const turned = ['externalId,email,name', `${id('b')},${mail('b')},Early`, `,${mail('b')},Last`];
    expect(await send(turned)).toEqual(
      imported(0, 0, [
        [2, 'duplicate_line'],
        [3, 'invalid_line'],
      ]),
    );
  });

  it("does not change an admin's or a registrar's account for a registrar, and may for an admin", async () => {
    const staff = await userOf('registrar@registrar.example');
    const patch = { token: root, body: { externalId: id('staff') } };
    await gateway.call('PATCH', `/api/users/${String(staff?.['id'])}`, patch);
    const lines = ['externalId,email,name', `${id('staff')},registrar@registrar.example,Renamed`];
    expect(await send(lines)).toEqual(imported(0, 0, [[2, 'forbidden']]));
    expect(await send(lines, root)).toEqual(imported(1));
    const dean = ['externalId,email,roles', `${id('dean')},${mail('dean')},registrar|admin`];
    expect(await send(dean, root)).toEqual(imported(1));
    expect(await userOf(mail('dean'))).toMatchObject({ roles: ['registrar', 'admin'] });
    expect(await send(['externalId,email,roles', `${id('dean')},${mail('dean')},student`], root)).toEqual(
      imported(1),
    );
  });

  it('suspends and restores, and leaves one active admin', async () => {
    const { accessToken, refreshToken, user } = await gateway.register(mail('s'));
    const body = { externalId: id('s') };
    await gateway.call('PATCH', `/api/users/${user.id}`, { token: root, body });
    expect(await send(['externalId,email,active', `${id('s')},,false`])).toEqual(imported(1));
    expect((await gateway.get('/api/auth/me', accessToken)).status).toBe(401);
    expect((await gateway.post('/api/auth/refresh', { refreshToken })).status).toBe(401);
    expect(await userOf(mail('s'))).toMatchObject({ status: 'suspended' });
    expect(await send(['externalId,email,active', `${id('s')},,true`])).toEqual(imported(1));
    expect((await gateway.signIn(mail('s'))).user.status).toBe('active');
    const me = await userOf(admin.email);
    const patch = { token: root, body: { externalId: id('root') } };
    await gateway.call('PATCH', `/api/users/${String(me?.['id'])}`, patch);
    const own = ['externalId,email,active,roles', `${id('root')},,false,admin`];
    expect(await send(own, root)).toEqual(imported(0, 0, [[2, 'forbidden']]));
    const demoted = ['externalId,email,roles', `${id('root')},,student`];
    expect(await send(demoted, root)).toEqual(imported(0, 0, [[2, 'own_admin_role']]));
  });

  it('is for registrars and admins, and refused whole where it cannot be read', async () => {
    const { accessToken } = await gateway.register(mail('student'));
    const file = 'externalId,email\n1,a@registrar.example\n';
    expect((await gateway.sendFile(path, file, accessToken)).status).toBe(403);
    expect((await gateway.sendFile(path, file)).status).toBe(401);
    const json = await gateway.call('POST', path, { token: registrar, body: {} });
    expect([json.status, json.json?.['code']]).toEqual([415, 'unsupported_media_type']);
    for (const bad of ['externalId\n1\n', Buffer.from([0xff, 0xfe, 0x41]), 'email\nx\n'])
      expect((await gateway.sendFile(path, bad, registrar)).status).toBe(422);
    const many = ['externalId,email', ...Array.from({ length: 20_001 }, (_, at) => `${at},x`)];
    const refused = await gateway.sendFile(path, many.join('\n'), registrar);
    expect([refused.status, refused.json?.['errors']]).toMatchObject([422, [{ path: 'lines' }]]);
    expect((await gateway.sendFile(path, 'x'.repeat(8_500_000), registrar)).status).toBe(413);
    expect((await gateway.sendFile(`${path}?dryRun=maybe`, file, registrar)).status).toBe(422);
  });

  it('is done once for one key, and gives the same answer again', async () => {
    const file = `externalId,email\n${id('k')},${mail('k')}\n`;
    const first = await gateway.sendFile(path, file, registrar, `key-${run}`);
    const again = await gateway.sendFile(path, file, registrar, `key-${run}`);
    expect(again.json).toEqual({ changed: 1, unchanged: 0, refused: [] });
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([
      undefined,
      'true',
    ]);
    const other = await gateway.sendFile(path, `${file}\n`, registrar, `key-${run}`);
    expect([other.status, other.json?.['code']]).toEqual([422, 'idempotency_key_reused']);
  });

  it('makes each account once where one file is sent twice at the same moment', async () => {
    const lines = Array.from({ length: 120 }, (_, at) => `${id(`p${at}`)},${mail(`p${at}`)}`);
    const file = ['externalId,email', ...lines];
    const answers = await Promise.all([send(file), send(file, root)]);
    const results = answers.map(([, json]) => json as { changed: number; unchanged: number; refused: [] });
    expect(results.map(({ changed, unchanged, refused }) => [changed + unchanged, refused])).toEqual([
      [120, []],
      [120, []],
    ]);
    expect(results.reduce((sum, { changed }) => sum + changed, 0)).toBe(120);
    expect(published).toHaveLength(120);
  });
});

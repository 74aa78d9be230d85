import { randomUUID } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { Session } from '@registrar/contracts-gateway';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GatewaySystem } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { json } from '../../testing/stub-service.ts';

const system = new GatewaySystem();
let gateway: RunningGateway;
let person: Session;

beforeAll(async () => {
  await system.prepare();
  gateway = await system.start({ RATE_LIMIT_SIGN_IN_PER_SECOND: '0', RATE_LIMIT_USER_PER_SECOND: '0' });
});
afterAll(() => system.close());
beforeEach(async () => {
  person = await gateway.register(`${randomUUID()}@registrar.example`);
  for (const stub of [system.courses, system.enrollments, system.notifications]) stub.answer = answers({});
  system.enrollments.answer = answers({ holds: [{ id: 'hld_1', reason: '=1+1' }] });
});

/** Answers every request with this. */
function answers(body: object, status = 200): typeof system.courses.answer {
  return (_request, response) => json(response, status, body);
}

const begin = (key: string = randomUUID(), token = person.accessToken) =>
  gateway.call('POST', '/api/users/me/export', { token, headers: { 'idempotency-key': key } });
const get = (id: string, token = person.accessToken) => gateway.get(`/api/users/me/exports/${id}`, token);

/** The files of a zip, by the directory at its end. */
async function filesOf(id: string): Promise<Map<string, string>> {
  const answer = await request(`${gateway.url}/api/users/me/exports/${id}`, {
    headers: { authorization: `Bearer ${person.accessToken}`, 'accept-encoding': 'br' },
  });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/zip',
    'content-disposition': 'attachment; filename="registrar-export.zip"',
  });
  expect(answer.headers['content-encoding']).toBeUndefined();
  const zip = Buffer.from(await answer.body.arrayBuffer());
  const files = new Map<string, string>();
  let at = zip.readUInt32LE(zip.length - 6);
  while (zip.readUInt32LE(at) === 0x02_01_4b_50) {
    const [size, nameLength] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    files.set(name, inflateRawSync(zip.subarray(from, from + size)).toString('utf8'));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}

describe('the export of the own data', () => {
  it('is a zip of JSON and CSV of what every service keeps, without what continues a session', async () => {
    const begun = await begin();
    expect(begun.status).toBe(202);
    const files = await filesOf(String(begun.json?.['id']));
    expect(JSON.parse(files.get('account.json') ?? '')).toEqual([person.user]);
    expect(files.get('holds.csv')).toBe("\uFEFFid,reason\r\nhld_1,'=1+1\r\n");
    const [session] = JSON.parse(files.get('sessions.json') ?? '') as object[];
    for (const secret of ['familyKey', 'currentHash', 'retryBox']) expect(session).not.toHaveProperty(secret);
    expect(session).toMatchObject({ client: 'api', address: expect.any(String) as string });
  });

  it('is the same one for the same key', async () => {
    const key = randomUUID();
    const [one, other] = [await begin(key), await begin(key)];
    expect([other.status, other.json, other.headers['idempotency-replayed']]).toEqual([
      202,
      one.json,
      'true',
    ]);
    expect((await begin()).json).not.toEqual(one.json);
  });

  it('is one where the same request comes twice at the same moment, and counts once', async () => {
    const key = randomUUID();
    const answers = await Promise.all([begin(key), begin(key), begin(key)]);
    const ids = answers.map(({ status, json }) => [status, json?.['id']]);
    expect(new Set(ids.map(String)).size).toBe(1);
    for (let time = 0; time < 4; time += 1) expect((await begin()).status).toBe(202);
    expect((await begin()).status).toBe(429);
    expect((await begin(key)).json).toEqual(answers[0].json);
  });

  it("is nobody else's, and of an unknown id there is none", async () => {
    const id = String((await begin()).json?.['id']);
    const other = await gateway.register(`${randomUUID()}@registrar.example`);
    for (const answer of [await get(id, other.accessToken), await get('exp_unknown')])
      expect(answer.json).toMatchObject({ status: 404, code: 'export_not_found' });
  });

  it('is refused as a whole while a service does not answer', async () => {
    const id = String((await begin()).json?.['id']);
    system.notifications.answer = answers({}, 503);
    expect(await get(id)).toMatchObject({ status: 503 });
    system.notifications.answer = answers({});
    expect(await get(id)).toMatchObject({ status: 200 });
  });

  it('can be asked for five times a day', async () => {
    for (let time = 0; time < 5; time += 1) expect((await begin()).status).toBe(202);
    expect((await begin()).json).toMatchObject({ status: 429, code: 'too_many_exports' });
  });
});

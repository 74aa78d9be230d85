import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessToken } from '@registrar/testing/access-token';
import { makeDataset } from '../dataset/dataset.ts';
import { startGenerator } from '../load/start-generator.ts';
import type { ChildServer } from '../child-process.ts';
import { startChildServer } from '../child-process.ts';
import { dropStore } from '../seed/bench-store.ts';
import { beforeTables, loadBefore } from './load-before.ts';
import type { BeforeOptions } from './server.ts';

const store = {
  DYNAMODB_ENDPOINT: process.env['DYNAMODB_ENDPOINT'] ?? '',
  TABLE_PREFIX: `bench-${randomUUID().slice(0, 8)}_`,
};
const directory = mkdtempSync(join(tmpdir(), 'bench-before-'));
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = { kid: 'k', ...pair };
const data = makeDataset(0.02, new Date());
const [user] = data.users;
const courses = data.courses.map((course, index) => ({ ...course, id: `crs_${index}`, enrolledCount: 0 }));
const token = accessToken(key, user?.id ?? '');
let server: ChildServer;

async function get(path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

beforeAll(async () => {
  const signingKeysFile = join(directory, 'keys.json');
  const privateKey = pair.privateKey.export({ format: 'jwk' });
  writeFileSync(
    signingKeysFile,
    JSON.stringify({ keys: [{ kid: 'k', signsFrom: '2020-01-01T00:00:00Z', privateKey }] }),
  );
  await loadBefore({ courses, enrollments: [], users: data.users }, store);
  const options: BeforeOptions = {
    store,
    smtpUrl: process.env['SMTP_URL'] ?? '',
    signingKeysFile,
    currentSemester: 'bench-current',
  };
  server = await startChildServer('before/server', options);
});

afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true });
  await dropStore('before', beforeTables, store);
});

describe('the system before', () => {
  it('answers the catalogue by scanning, filtered and in order, and counts what it consumed', async () => {
    const { body } = await get('/api/courses?departmentId=CS');
    const items = body['items'] as { code: string; semesterId: string }[];
    expect(items.length).toBeGreaterThan(0);
    expect(new Set(items.map(({ semesterId }) => semesterId))).toEqual(new Set(['bench-current']));
    expect(items.map(({ code }) => code)).toEqual(items.map(({ code }) => code).toSorted());
    const { body: counts } = await get('/counts');
    expect(counts['scans']).toBe(1);
    expect(counts['readUnits']).toBeGreaterThan(0);
  });

  it('enrolls, mails, and shows the enrollment among the own ones', async () => {
    const answer = await fetch(`${server.url}/api/enrollments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ courseId: 'crs_2' }),
    });
    expect(answer.status).toBe(201);
    const { body } = await get('/api/enrollments/me');
    expect(body['items']).toMatchObject([{ courseId: 'crs_2', userId: user?.id, status: 'enrolled' }]);
  });

  it('knows its users by their tokens, and nobody else', async () => {
    expect((await get('/api/auth/me')).body).toMatchObject({ id: user?.id, email: user?.email });
    expect((await fetch(`${server.url}/api/auth/me`)).status).toBe(401);
  });
});

describe('the generator as a process', () => {
  it('runs one job after the other against a bare server, and says what went wrong with a bad one', async () => {
    const bare = await startChildServer('bare/server', { body: '{"same":true}' });
    const generator = await startGenerator();
    const request = { endpoint: '/5', method: 'GET', path: '/5', headers: {} } as const;
    const job = { url: bare.url, connections: 4, seed: 1, timeoutMs: 1_000, seconds: 0.2 };
    const shares = [{ weight: 1, requests: [request] }];
    try {
      const first = await generator.runJob({ ...job, kind: 'closed', shares });
      expect(first.failed).toBe(0);
      expect(first.bytes / first.answered).toBeGreaterThan(5_120);
      const empty = generator.runJob({ ...job, kind: 'closed', shares: [] });
      await expect(empty).rejects.toThrow('nothing to send');
      const rate = { kind: 'paced', ratePerSecond: 100, seconds: 0.5 } as const;
      expect(await generator.runJob({ ...job, ...rate, shares })).toMatchObject({ sent: 50 });
    } finally {
      await generator.stop();
      await bare.stop();
    }
  });
});

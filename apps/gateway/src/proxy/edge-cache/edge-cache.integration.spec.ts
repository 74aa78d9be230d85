import { setTimeout as delay } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { GatewaySystem, admin } from '../../testing/gateway-system.ts';
import type { RunningGateway } from '../../testing/running-gateway.ts';
import { json } from '../../testing/stub-service.ts';
import { median } from '../../testing/median.ts';
import { EdgeCache } from './edge-cache.ts';

const system = new GatewaySystem();
const { courses } = system;
let gateway: RunningGateway;
let version = 1;
/** Time as the cache sees it; undefined where it passes by itself. */
let clock: number | undefined;
const body = () => ({ items: [{ id: 'crs_1', version, description: 'x'.repeat(3_000) }], nextCursor: null });

beforeAll(async () => {
  await system.prepare();
  gateway = await system.start({ RATE_LIMIT_USER_PER_SECOND: '0', RATE_LIMIT_ADDRESS_PER_SECOND: '0' });
  const now = () => (clock === undefined ? Date.now() : (clock += 0.001));
  Object.assign(gateway.app.get(EdgeCache, { strict: false }), { now });
});
afterAll(() => system.close());
beforeEach(async () => {
  clock = undefined;
  await courses.start();
  courses.answer = (_seen, response) =>
    json(response, 200, body(), {
      etag: `"${version}.tag"`,
      'cache-control': 'public, max-age=1',
      'cache-status': 'registrar-courses; hit; detail=l1',
    });
  await delay(1_000);
  courses.seen.length = 0;
});

/** From here on time hardly passes: what is held does not grow old, however long the test takes. */
function freeze(): void {
  clock = Date.now();
}

describe('the edge cache', () => {
  it('asks once for many who come together, and says which layer answered', async () => {
    freeze();
    const answers = await Promise.all(Array.from({ length: 30 }, () => gateway.get('/api/courses?q=one')));
    expect(courses.seen).toHaveLength(1);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.headers['cache-status']).toBe(
      'registrar-courses; hit; detail=l1, registrar-gateway; fwd=uri-miss',
    );
    const hit = await gateway.get('/api/courses?q=one');
    expect(hit.headers).toMatchObject({
      'cache-status': 'registrar-gateway; hit; detail=l1',
      'cache-control': 'public, max-age=1',
      vary: 'Accept-Encoding',
      etag: '"1.tag"',
    });
    expect(courses.seen).toHaveLength(1);
  });

  it('takes the same question in another order as the same', async () => {
    freeze();
    await gateway.get('/api/courses?semesterId=a&departmentId=b');
    expect((await gateway.get('/api/courses?departmentId=b&semesterId=a')).headers['cache-status']).toContain(
      'hit',
    );
    expect(courses.seen).toHaveLength(1);
  });

  it('is a second old at most', async () => {
    await gateway.get('/api/courses/crs_1');
    version += 1;
    await until(
      async () => (await gateway.get('/api/courses/crs_1')).text.includes(`"version":${version}`),
      1_050,
    );
  });

  it('sends br and gzip, and 304 for the tag of any form', async () => {
    freeze();
    for (const [coding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const packed = await request(`${gateway.url}/api/courses`, { headers: { 'accept-encoding': coding } });
      expect(packed.headers).toMatchObject({
        'content-encoding': coding,
        etag: `"${version}.tag-${coding}"`,
      });
      const bytes = Buffer.from(await packed.body.arrayBuffer());
      expect(JSON.parse(unpack(bytes).toString())).toEqual(body());
      const known = await gateway.get('/api/courses', undefined, {
        'if-none-match': `"${version}.tag-${coding}"`,
        'accept-encoding': coding,
      });
      expect([known.status, known.text, known.headers['content-length']]).toEqual([304, '', undefined]);
    }
    const head = await gateway.call('HEAD', '/api/courses');
    expect([head.status, head.text, head.headers['content-length']]).toEqual([
      200,
      '',
      String(JSON.stringify(body()).length),
    ]);
    expect(courses.seen.map(({ headers }) => headers['accept-encoding'])).toEqual(['identity']);
  });

  it('is shared by students and nobody else: staff always ask the service', async () => {
    const student = await gateway.register('quin@registrar.example');
    const root = await gateway.signIn(admin.email, admin.password);
    freeze();
    await gateway.get('/api/semesters');
    expect((await gateway.get('/api/semesters', student.accessToken)).headers['cache-status']).toContain(
      'hit; detail=l1',
    );
    expect(courses.seen).toHaveLength(1);
    expect(courses.seen[0]?.headers.authorization).toBeUndefined();
    await gateway.get('/api/semesters', root.accessToken);
    expect(courses.seen[1]?.headers.authorization).toBe(`Bearer ${root.accessToken}`);
  });

  it('asks again after a write through this gateway', async () => {
    const root = await gateway.signIn(admin.email, admin.password);
    freeze();
    await gateway.get('/api/courses/crs_9');
    version += 1;
    await gateway.call('PATCH', '/api/courses/crs_9', {
      token: root.accessToken,
      body: { title: 'New' },
      headers: { 'if-match': '"1"' },
    });
    expect((await gateway.get('/api/courses/crs_9')).text).toContain(`"version":${version}`);
  });

  it('goes on, marked stale, while the service is away, and is fresh within a second of its return', async () => {
    await gateway.get('/api/departments');
    await courses.stop();
    await delay(1_000);
    const times: number[] = [];
    for (let call = 0; call < 10; call += 1) {
      const begin = performance.now();
      const stale = await gateway.get('/api/departments');
      expect([stale.status, stale.headers['cache-status']]).toEqual([
        200,
        'registrar-gateway; hit; detail=stale',
      ]);
      times.push(performance.now() - begin);
    }
    expect(median(times)).toBeLessThan(50);
    expect((await gateway.get('/api/courses?q=never-asked')).status).toBe(503);
    await courses.start();
    version += 1;
    await until(
      async () => (await gateway.get('/api/departments')).text.includes(`"version":${version}`),
      1_000,
    );
  });

  it('answers everybody by their own target, whatever others ask beside in words that come near to it', async () => {
    freeze();
    courses.answer = ({ url }, response) => {
      const [, query = ''] = /\?(.*)$/.exec(url) ?? [];
      const names = query.split('&').map((piece) => piece.replace(/=.*$/, ''));
      const isKnown = names.every((name) => name === 'limit' || name === 'status') && names.length === 2;
      // Late enough that those who ask meanwhile could be joined to it.
      setTimeout(
        () => json(response, isKnown ? 200 : 422, isKnown ? body() : { code: 'validation_failed' }),
        5,
      );
    };
    const good = '/api/courses?limit=25&status=open';
    for (const near of [
      '/api/courses??limit=25&status=open',
      '/api/courses?%3Flimit=25&status=open',
      '/api/courses?limit=25&?status=open',
      '/api/courses?limit=25&status=open&limit=25',
      '/api/courses?limit=25&status=open&',
      '/api/courses?limit=25&&status=open',
      '/api/courses?limit=25;status=open',
      '/api/courses?limit=25&status=open&%00',
      '/api/courses?limit=25&+status=open',
    ]) {
      gateway.app.get(EdgeCache, { strict: false }).invalidateAll();
      const answers = await Promise.all([near, good, near, good].map((path) => gateway.get(path)));
      expect([near, ...answers.map(({ status }) => status)]).toEqual([near, 422, 200, 422, 200]);
      expect([near, (await gateway.get(good)).status, (await gateway.get(near)).status]).toEqual([
        near,
        200,
        422,
      ]);
    }
  });

  it('asks with the target that it holds the answer under', async () => {
    freeze();
    await gateway.get('/api/courses?%73tatus=open&limit=25&q=a+b');
    await gateway.get('/api/courses?limit=25&q=a%20b&status=open');
    await gateway.get('/api/courses?');
    await gateway.get('/api/courses');
    expect(courses.seen.map(({ url }) => url)).toEqual([
      '/api/courses?limit=25&q=a%20b&status=open',
      '/api/courses',
    ]);
  });

  it('keeps no refusal, and gives the service’s own words', async () => {
    courses.answer = (_seen, response) => json(response, 404, { code: 'course_not_found' });
    const missing = await gateway.get('/api/courses/crs_none');
    expect([missing.status, missing.json?.['code']]).toEqual([404, 'course_not_found']);
    courses.answer = (_seen, response) => json(response, 200, body());
    expect((await gateway.get('/api/courses/crs_none')).status).toBe(200);
  });
});

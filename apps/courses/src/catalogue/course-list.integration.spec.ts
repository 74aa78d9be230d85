import type { Course } from '@registrar/contracts-courses';
import type { DynamoCall } from '@registrar/testing';
import { register } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CoursesSystem } from '../testing/courses-system.ts';
import type { Call } from '../testing/courses-system.ts';
import { semesterBody } from '../testing/semesters.ts';

interface Page {
  items: Course[];
  nextCursor: string | null;
}

describe('the catalogue', () => {
  let system: CoursesSystem;
  const made: Course[] = [];

  beforeAll(async () => {
    system = await CoursesSystem.start();
    await system.furnish(['CS', 'ART', 'MATH']);
    const past = { ...semesterBody, startsOn: '2026-01-01', current: false };
    await system.call('PUT /api/semesters/2026-spring', { as: 'registrar', body: past });
    await system.ready();
    const rows: [string, string, string, string, object?][] = [
      ['MATH', 'MATH-200', '1', 'Linear Algebra', { description: 'Vectors and matrices' }],
      ['CS', 'CS-200', '2', 'Data Structures', { instructorIds: ['usr_ada'] }],
      ['CS', 'CS-200', '1', 'Data Structures', { description: 'Trees, heaps and graphs' }],
      ['CS', 'CS-101', '1', 'Introduction to Programming', { instructorIds: ['usr_ada', 'usr_bob'] }],
      ['CS', 'CS-900', '1', 'Not yet shown', { status: 'draft', instructorIds: ['usr_bob'] }],
      ['ART', 'ART-1', '1', 'Drawing', { status: 'closed' }],
    ];
    for (const [departmentId, code, section, title, more] of rows)
      made.push(await system.create({ departmentId, code, section, title, ...more }));
    await system.create({ semesterId: '2026-spring', code: 'CS-101', title: 'Introduction to Programming' });
  });
  afterAll(() => system.stop());

  const list = (query = '', call: Call = {}) => system.call<Page>(`GET /api/courses${query}`, call);
  const codes = async (query = '', call: Call = {}) =>
    (await list(query, call)).body.items.map(({ code, section }) => `${code}/${section}`);
  const draft = () => made.find(({ status }) => status === 'draft')?.id ?? '';

  it('shows the current semester by department, code and section, without drafts', async () => {
    expect(await codes()).toEqual(['ART-1/1', 'CS-101/1', 'CS-200/1', 'CS-200/2', 'MATH-200/1']);
  });

  it.each([
    ['?semesterId=2026-spring', ['CS-101/1']],
    ['?semesterId=never', []],
    ['?departmentId=CS', ['CS-101/1', 'CS-200/1', 'CS-200/2']],
    ['?departmentId=NONE', []],
    ['?instructorId=usr_ada', ['CS-101/1', 'CS-200/2']],
    ['?instructorId=usr_ada&departmentId=MATH', []],
    ['?status=closed', ['ART-1/1']],
    ['?status=open&departmentId=MATH', ['MATH-200/1']],
    ['?status=cancelled', []],
    ['?q=DATA', ['CS-200/1', 'CS-200/2']],
    ['?q=data%20trees', ['CS-200/1']],
    ['?q=cs-101', ['CS-101/1']],
    ['?q=algebra&departmentId=CS', []],
    ['?q=', ['ART-1/1', 'CS-101/1', 'CS-200/1', 'CS-200/2', 'MATH-200/1']],
    ['?limit=2', ['ART-1/1', 'CS-101/1']],
  ])('for %s shows %j', async (query, expected) => expect(await codes(query)).toEqual(expected));

  it('shows drafts to a registrar who asks for them, and keeps those answers out of shared caches', async () => {
    const asked = await list('?status=draft', { as: 'registrar' });
    expect(asked.body.items.map(({ id }) => id)).toEqual([draft()]);
    expect(asked.headers['cache-control']).toBe('private, no-cache');
    expect(await codes('?status=draft', { as: 'admin' })).toEqual(['CS-900/1']);
    for (const call of [{}, { as: 'student' }, { as: 'instructor', id: 'usr_bob' }] as const) {
      const answer = await list('?status=draft', call);
      expect([answer.body, answer.headers['cache-control']]).toEqual([
        { items: [], nextCursor: null },
        'private, no-cache',
      ]);
    }
    expect(await codes('', { as: 'registrar' })).not.toContain('CS-900/1');
  });

  it('shows a single draft to registrars and to its instructors', async () => {
    const one = (call: Call) => system.call(`GET /api/courses/${draft()}`, call);
    expect((await one({ as: 'registrar' })).headers['cache-control']).toBe('private, no-cache');
    expect((await one({ as: 'instructor', id: 'usr_bob' })).status).toBe(200);
    for (const call of [{}, { as: 'student' }, { as: 'instructor', id: 'usr_ada' }] as const) {
      expect((await one(call)).body).toMatchObject({ status: 404, code: 'course_not_found' });
    }
  });

  it('comes in pages of any size that show each course once', async () => {
    for (const limit of [1, 2, 3, 5, 100]) {
      const seen: string[] = [];
      let query = `?limit=${limit}`;
      for (;;) {
        const { body } = await list(query);
        expect(body.items.length).toBeLessThanOrEqual(limit);
        seen.push(...body.items.map(({ code, section }) => `${code}/${section}`));
        if (body.nextCursor === null) break;
        query = `?limit=${limit}&cursor=${body.nextCursor}`;
      }
      expect(seen).toEqual(['ART-1/1', 'CS-101/1', 'CS-200/1', 'CS-200/2', 'MATH-200/1']);
    }
  });

  it('refuses a cursor that is forged, cut, or of another query', async () => {
    const { body } = await list('?q=data%20structures&limit=1');
    const cursor = body.nextCursor ?? '';
    expect(cursor).not.toBe('');
    const forged = `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}`;
    for (const query of [
      `?q=data&cursor=${cursor}`,
      `?cursor=${cursor}`,
      `?q=data%20structures&cursor=${forged}`,
    ]) {
      expect((await list(query)).body).toMatchObject({ status: 400, code: 'invalid_cursor' });
    }
    expect((await list(`?limit=7&q=structures%20DATA&cursor=${cursor}`)).status).toBe(400);
    expect((await list(`?limit=7&q=Data%20STRUCTURES&cursor=${cursor}`)).body.items).toHaveLength(1);
  });

  it('goes on in the same semester when another one becomes current between two pages', async () => {
    const first = await list('?limit=2');
    await system.call('PUT /api/semesters/2027-fall', { as: 'registrar', body: semesterBody });
    expect(await codes()).toEqual([]);
    expect(await codes(`?limit=9&cursor=${first.body.nextCursor}`)).toEqual([
      'CS-200/1',
      'CS-200/2',
      'MATH-200/1',
    ]);
    const again = { ...semesterBody, name: 'Fall again' };
    await system.call('PUT /api/semesters/2026-fall', { as: 'registrar', body: again });
  });

  it('names every fault of a query at once', async () => {
    const { body } = await list('?limit=101&status=lost&departmentId=a%20b&sort=up&semesterId=');
    const { errors } = body as unknown as { errors: { path: string }[] };
    const paths = errors.map(({ path }) => path).sort();
    expect(paths).toEqual(['departmentId', 'limit', 'semesterId', 'sort', 'status']);
    for (const limit of ['0', '-1', '1.5', 'x']) expect((await list(`?limit=${limit}`)).status).toBe(422);
  });

  it('refuses a query where none belongs', async () => {
    const [id, as] = [made[0]?.id, 'registrar' as const];
    const routes: [string, Call?][] = [
      [`GET /api/courses/${id}?x=1`],
      ['GET /api/semesters?x=1'],
      ['GET /api/semesters/2026-fall?x=1'],
      ['GET /api/departments?x=1'],
      [`DELETE /api/courses/${id}?x=1`, { as }],
      ['POST /api/courses/batch-get?x=1', { body: { ids: [id] } }],
    ];
    for (const [route, call] of routes) {
      const { body } = await system.call(route, call);
      expect([route, body['status'], body['errors']]).toEqual([
        route,
        422,
        [expect.objectContaining({ path: 'x' })],
      ]);
    }
  });

  it('has strong tags, gives 304 where nothing changed, packs what is large, and answers HEAD', async () => {
    const first = await list('?departmentId=CS');
    const etag = String(first.headers['etag']);
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    expect(first.headers).toMatchObject({
      'cache-control': 'public, max-age=1',
      'content-type': 'application/json; charset=utf-8',
      vary: 'Accept-Encoding',
    });
    const again = await list('?departmentId=CS', { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([again.status, again.body]).toEqual([304, {}]);
    const head = await system.call('HEAD /api/courses?departmentId=CS');
    expect([head.status, head.headers['etag'], head.body]).toEqual([200, etag, {}]);
  });

  it('says which layer answered', async () => {
    await list('?departmentId=CS');
    const { headers } = await list('?departmentId=CS');
    expect(headers['cache-status']).toBe('registrar-courses; hit; detail=l1');
    expect((await system.call(`GET /api/courses/${made[0]?.id}`)).headers['cache-status']).toContain('hit');
  });

  describe('in batches', () => {
    const batch = (ids: unknown, call: Call = {}) =>
      system.call<{ items: Course[]; missing: string[] }>('POST /api/courses/batch-get', {
        body: { ids },
        ...call,
      });

    it('gives courses in the order asked for, each once, and names those that are missing, drafts among them', async () => {
      const [math, , , intro] = made.map(({ id }) => id);
      const { status, body } = await batch([intro, 'crs_none', math, draft(), intro], { as: 'registrar' });
      expect(status).toBe(200);
      expect(body.items.map(({ id }) => id)).toEqual([intro, math]);
      expect(body.missing).toEqual(['crs_none', draft()]);
    });

    it('is packed for who takes it so, and never conditional', async () => {
      const ids = made.map(({ id }) => id);
      const url = `${system.url()}/api/courses/batch-get`;
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-encoding': 'br', 'if-none-match': '*' },
        body: JSON.stringify({ ids }),
      });
      expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, 'br']);
      expect(((await answer.json()) as Page).items).toHaveLength(ids.length - 1);
    });

    it('takes 1 to 100 ids', async () => {
      const many = Array.from({ length: 101 }, (_, at) => `crs_${at}`);
      expect((await batch([])).status).toBe(422);
      expect((await batch(many)).status).toBe(422);
      expect((await batch(many.slice(1))).body.missing).toHaveLength(100);
      expect((await system.call('POST /api/courses/batch-get', { body: {} })).body).toMatchObject({
        errors: [{ path: 'ids' }],
      });
    });

    it('asks again for what the store left unprocessed', async () => {
      // With a cache of its own: what the others put into theirs needs no store.
      const instance = await system.startInstance({ CACHE_PREFIX: `${system.prefix}batch:` });
      await system.ready(instance);
      const rule = system.store.when({ operation: 'BatchGetItem' }, 'unprocessed', 2);
      const { body } = await batch([made[0]?.id], { instance });
      expect(body.items).toEqual([expect.objectContaining({ id: made[0]?.id })]);
      expect(rule.hits).toBe(2);
      await system.end(instance);
    });
  });
});

describe('a warm catalogue', () => {
  let system: CoursesSystem;
  const made: Course[] = [];

  // A system of its own: no entry of a younger one comes to its time while calls are counted.
  beforeAll(async () => {
    system = await CoursesSystem.start();
    await system.furnish(['CS', 'MATH']);
    await system.ready();
    for (const departmentId of ['CS', 'MATH'])
      for (const code of [`${departmentId}-1`, `${departmentId}-2`])
        made.push(await system.create({ departmentId, code, title: 'Data', instructorIds: ['usr_ada'] }));
  });
  afterAll(() => system.stop());

  it('costs no capacity and no call to the store, whatever is asked', async () => {
    const list = (query: string) => system.call<Page>(`GET /api/courses${query}`);
    const queries = ['', '?departmentId=CS', '?q=data', '?limit=1', '?status=open&instructorId=usr_ada'];
    for (const query of queries) await list(query);
    for (const path of ['departments', 'semesters']) await system.call(`GET /api/${path}`);
    const before = await readUnits();
    const asked = system.store.when(catalogueReads, 'throttle');
    for (let round = 0; round < 5; round += 1) {
      for (const query of queries) await list(query);
      expect((await list(`?q=data&limit=${round + 2}`)).status).toBe(200);
      for (const { id } of made) expect((await system.call(`GET /api/courses/${id}`)).status).toBe(200);
      await system.call('POST /api/courses/batch-get', { body: { ids: made.map(({ id }) => id) } });
      await system.call('GET /api/semesters');
    }
    asked.end();
    expect(asked.hits).toBe(0);
    expect(await readUnits()).toBe(before);
    expect(system.store.calls.get('Scan')).toBeUndefined();
  });
});

/**
 * Every read but the sweepers' look at their pending indexes. The relay writes when it has published, which may
 * be a while after the courses were made.
 */
const catalogueReads = {
  call: ({ operation, body }: DynamoCall) =>
    ['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query', 'Scan'].includes(operation) &&
    !String(body['IndexName']).startsWith('Pending'),
};

/** Read capacity that was consumed, but for the pending indexes, as the service's own metric counts it. */
async function readUnits(): Promise<number> {
  const metric = await register.getSingleMetric('dynamodb_consumed_capacity_units_total')?.get();
  const values = (metric?.values ?? []) as { value: number; labels: Record<string, string> }[];
  return values
    .filter(({ labels }) => labels['kind'] === 'read' && !String(labels['index']).startsWith('Pending'))
    .reduce((sum, { value }) => sum + value, 0);
}

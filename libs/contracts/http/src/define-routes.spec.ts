import { describe, expect, expectTypeOf, it } from 'vitest';
import { bodyOf, createClient, itemsOf, requestOf } from './client.ts';
import { defineRoutes } from './define-routes.ts';
import type { AskOf } from './route-types.ts';
import type { RouteInput, Schema } from './route.ts';

/** A schema that takes anything, typed. */
function any<Input, Output = Input>(): Schema<Input, Output> {
  return { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as Output }) } };
}

const read = {
  tag: 'Things',
  summary: 'One thing',
  method: 'GET',
  path: '/api/things/:id',
  caller: 'public',
  answers: { 200: { description: 'The thing.', schema: any<{ name: string }>() } },
} as const satisfies RouteInput;
const write = {
  ...read,
  method: 'POST',
  path: '/api/things',
  body: any<{ name: string }>(),
  examples: { body: {} },
} as const;

describe('defineRoutes', () => {
  it('names each route and fills in what it does not say', () => {
    const { getThing, makeThing } = defineRoutes('courses', { getThing: read, makeThing: write });
    expect(getThing).toMatchObject({
      id: 'getThing',
      service: 'courses',
      conditional: 'etag',
      idempotency: 'none',
      timeLimitMs: 3_000,
      cache: { control: 'private, no-cache', name: 'registrar-courses' },
    });
    expect(makeThing).toMatchObject({
      conditional: 'none',
      timeLimitMs: 10_000,
      cache: { control: 'no-store' },
    });
    expect(() => Object.assign(getThing, { path: '/other' })).toThrow();
  });

  it.each<[string, RouteInput]>([
    ['a GET with a body', { ...read, body: any() }],
    ['a key of a GET', { ...read, idempotency: 'optional' }],
    ['an edge for callers that are known', { ...read, caller: 'signed-in', edge: true }],
    ['a stream that is no GET', { ...write, stream: 'always' }],
    ['a stream of one caller that all share', { ...read, caller: 'signed-in', stream: 'shared' }],
    ['a key of nobody', { ...write, idempotency: 'optional' }],
    ['services outside /internal/', { ...read, caller: { services: ['courses'] } }],
    ['anybody inside /internal/', { ...read, path: '/internal/things/:id' }],
    ['a scope for what only admins do', { ...read, caller: 'admin', scope: 'users.read' }],
    ['a scope where no token counts', { ...read, caller: 'anonymous', scope: 'users.read' }],
    ['an example of a parameter that is not there', { ...read, examples: { params: { name: 'x' } } }],
    ['a body without an example', { ...write, examples: {} }],
    ['no good answer', { ...read, answers: {} }],
  ])('refuses %s', (_, route) => {
    expect(() => defineRoutes('courses', { route })).toThrow(/Route route \(.*\) is not consistent/);
  });
});

describe('a client of routes', () => {
  const routes = defineRoutes('courses', {
    findThings: { ...read, path: '/api/things', query: any<{ q?: string; limit?: number | undefined }>() },
    getThing: read,
    makeThing: { ...write, caller: 'signed-in', idempotency: 'required' },
    sendThings: { ...read, method: 'POST', path: '/api/things/import', body: 'text/csv' },
  });

  it('makes the request from the parts that the route has', () => {
    expect(requestOf(routes.getThing, { params: { id: 'a/b ä' }, token: 't' })).toEqual({
      method: 'GET',
      target: '/api/things/a%2Fb%20%C3%A4',
      headers: { authorization: 'Bearer t' },
      body: undefined,
    });
    expect(requestOf(routes.findThings, { query: { q: 'a&b', limit: undefined } }).target).toBe(
      '/api/things?q=a%26b',
    );
    expect(requestOf(routes.makeThing, { body: { name: 'x' }, key: 'k' })).toEqual({
      method: 'POST',
      target: '/api/things',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
      body: '{"name":"x"}',
    });
    expect(requestOf(routes.sendThings, { body: 'a,b' })).toMatchObject({
      headers: { 'content-type': 'text/csv' },
      body: 'a,b',
    });
  });

  it('gives good answers and problems apart', async () => {
    const client = createClient(routes, ({ target }) =>
      Promise.resolve(
        target.endsWith('1')
          ? { status: 200, headers: { 'content-type': 'application/json' }, text: '{"name":"x"}' }
          : {
              status: 404,
              headers: { 'content-type': 'application/problem+json' },
              text: '{"code":"not_found"}',
            },
      ),
    );
    const good = await client.getThing({ params: { id: '1' } });
    expect(good).toMatchObject({ ok: true, status: 200, body: { name: 'x' } });
    if (good.ok) expectTypeOf(good.body).toEqualTypeOf<{ name: string }>();
    const refused = await client.getThing({ params: { id: '2' } });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'not_found' } });
    expect(bodyOf(good)).toEqual({ name: 'x' });
    expect(() => bodyOf(refused)).toThrow('GET /api/things/2 was answered 404: {"code":"not_found"}');
  });

  it('reads every page of a list', async () => {
    const asked: object[] = [];
    const items = itemsOf((paging) => {
      asked.push(paging);
      const isLast = asked.length === 2;
      return Promise.resolve({ items: [asked.length], nextCursor: isLast ? null : 'next' });
    });
    expect(await Array.fromAsync(items)).toEqual([1, 2]);
    expect(asked).toEqual([{ limit: 100 }, { limit: 100, cursor: 'next' }]);
  });

  it('asks for what a route needs, in types', () => {
    expectTypeOf<AskOf<typeof routes.getThing>>().toHaveProperty('params');
    expectTypeOf<AskOf<typeof routes.makeThing>>().toHaveProperty('key');
    expectTypeOf<AskOf<typeof routes.makeThing>['body']>().toEqualTypeOf<{ name: string }>();
    expectTypeOf<AskOf<typeof routes.findThings>>().not.toHaveProperty('body');
  });
});

import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineRoutes } from '@registrar/contracts-http';
import type { GoodStatus, Method } from '@registrar/contracts-http';
import { ServiceModule, applyHttpDefaults, httpAdapter } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import type { Call } from './call/call.ts';
import { EndpointModule } from './endpoint.module.ts';
import { Endpoint } from './endpoint.ts';

const thing = z.strictObject({ name: z.string().min(1), size: z.number().int() });
const filter = z.strictObject({ limit: z.coerce.number().int().max(100).default(25) });

const routes = defineRoutes('courses', {
  list: { ...made('GET', '/things', 200), query: filter },
  make: { ...made('POST', '/things', 201), body: thing, examples: { body: {} } },
  fail: made('GET', '/things/:id', 200),
  parts: made('GET', '/things/:id/parts', 200),
  file: { ...made('POST', '/files', 201), body: 'text/csv' },
});

function made<M extends Method, const Path extends `/${string}`>(method: M, path: Path, status: GoodStatus) {
  const answers = { [status]: { description: 'Good.', schema: z.any() } };
  return { tag: 'Things', summary: 'For tests', caller: 'public', method, path, answers } as const;
}

@Controller()
class ThingController {
  @Endpoint(routes.list)
  list({ query }: Call<typeof routes.list>) {
    return query;
  }

  @Endpoint(routes.make)
  make({ body }: Call<typeof routes.make>) {
    return body;
  }

  @Endpoint(routes.fail)
  fail() {
    throw new Error('connection string with a password');
  }

  /** Has no schema for a query: none is allowed. */
  @Endpoint(routes.parts)
  parts({ params, query }: Call<typeof routes.parts>) {
    return { id: params.id, query };
  }

  @Endpoint(routes.file)
  file({ body }: Call<typeof routes.file>) {
    return { bytes: body.length };
  }
}

@Controller('bare')
class BareController {
  @Get()
  bare() {
    return 'no contract';
  }
}

@Module({
  imports: [ServiceModule.forRoot('test', {} as ServiceConfig), EndpointModule.forRoot(routes)],
  controllers: [ThingController],
})
class ThingModule {}

@Module({ imports: [ThingModule], controllers: [BareController] })
class BareModule {}

const { missing } = defineRoutes('courses', { missing: made('GET', '/missing', 200) });

@Module({
  imports: [ServiceModule.forRoot('test', {} as ServiceConfig), EndpointModule.forRoot({ missing })],
})
class HalfModule {}

let app: NestFastifyApplication;
const registry = new Registry();

beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(ThingModule, httpAdapter(), {
    logger: false,
    bodyParser: false,
  });
  applyHttpDefaults(app, registry);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(() => app.close());

/** Over a real socket: what is injected does not pass the HTTP parser. */
async function overSocket(method: string, path: string, headers: Record<string, string>, body: string) {
  if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return new Promise<{ status: number; allow: string | undefined; code: string }>((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', method, path, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => {
        const { code } = JSON.parse(text) as { code: string };
        resolve({ status: answer.statusCode ?? 0, allow: answer.headers.allow, code });
      });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}

function post(payload: string | Buffer, type = 'application/json') {
  return app.inject({ method: 'POST', url: '/things', payload, headers: { 'content-type': type } });
}

describe('an endpoint', () => {
  it('answers a good request and counts it by route', async () => {
    const answer = await post('{"name":"desk","size":2}');
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ name: 'desk', size: 2 });
    expect(await registry.metrics()).toMatch(
      /http_server_request_duration_seconds_count\{method="POST",route="\/things",status="201"\} 1/,
    );
  });

  it('names every fault of a body at once, unknown fields included', async () => {
    const answer = await post('{"size":"big","colour":"red"}');
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({ code: 'validation_failed', status: 422, instance: '/things' });
    expect(
      answer
        .json<{ errors: { path: string }[] }>()
        .errors.map(({ path }) => path)
        .sort(),
    ).toEqual(['colour', 'name', 'size']);
  });

  it('validates the query string alike', async () => {
    const answer = await app.inject('/things?limit=101&sort=up');
    expect(answer.statusCode).toBe(422);
    expect(
      answer
        .json<{ errors: { path: string }[] }>()
        .errors.map(({ path }) => path)
        .sort(),
    ).toEqual(['limit', 'sort']);
  });

  it.each(['/things?limit=1&__proto__=x', '/things?constructor=x', '/things?limit=1&limit=2'])(
    'refuses %s',
    async (url) => expect((await app.inject(url)).json()).toMatchObject({ code: 'validation_failed' }),
  );

  it('allows no query where a route has no schema for one', async () => {
    for (const [method, url, names] of [
      ['POST', '/things?surprise=1', ['surprise']],
      ['GET', '/things/1?surprise=1&__proto__=x', ['__proto__', 'surprise']],
      ['GET', '/things/1/parts?a=1', ['a']],
      ['HEAD', '/things/1/parts?a=1', []],
    ] as const) {
      const payload = method === 'POST' ? { payload: { name: 'desk', size: 2 } } : {};
      const answer = await app.inject({ method, url, ...payload });
      const paths = method === 'HEAD' ? [] : answer.json<{ errors: { path: string }[] }>().errors;
      expect([url, answer.statusCode, paths.map(({ path }) => path).sort()]).toEqual([url, 422, names]);
    }
    expect((await app.inject('/things/1/parts')).json()).toEqual({ id: '1', query: {} });
    expect((await app.inject('/things/1/parts?')).statusCode).toBe(200);
  });

  it.each([
    ['{"__proto__":{"admin":true},"name":"desk","size":2}', '__proto__'],
    ['{"constructor":{"prototype":{}},"name":"desk","size":2}', 'constructor'],
  ])('takes %s for an unknown field', async (body, path) => {
    const answer = await post(body);
    expect([answer.statusCode, answer.json<{ errors: object[] }>().errors]).toEqual([
      422,
      [{ path, code: 'unknown_field', message: 'This field is not known.' }],
    ]);
  });

  it.each(['{"name":"half a pair \\ud800","size":2}', '{"name":["\\uDC00x"]}', '{"\\uD83D":1}'])(
    'answers invalid_json to %s, which no store can keep as it is',
    async (body) => {
      const answer = await post(body);
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'invalid_json']);
    },
  );

  it('takes a whole pair in escapes, and a backslash that only looks like one', async () => {
    for (const name of ['\ud83d\ude00', '\\\\ud800']) {
      const answer = await post(`{"name":"${name}","size":2}`);
      expect([answer.statusCode, answer.json<{ name: string }>().name]).toEqual([
        201,
        JSON.parse(`"${name}"`),
      ]);
    }
  });

  it.each(['{', 'null null', '{"a":1,}', '\u0000'])('answers invalid_json to %j', async (body) => {
    const answer = await post(body);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'invalid_json']);
  });

  it('takes a missing body for the validation to judge', async () => {
    const answer = await post('');
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, 'validation_failed']);
  });

  it('stands 10,000 levels of nesting', async () => {
    const answer = await post('['.repeat(10_000) + ']'.repeat(10_000));
    expect(answer.statusCode).toBe(422);
  });

  it('refuses another type and a body over 1 MiB', async () => {
    expect((await post('name=desk', 'application/x-www-form-urlencoded')).json()).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
    });
    expect((await post(JSON.stringify({ name: 'x'.repeat(1_048_577) }))).json()).toMatchObject({
      status: 413,
      code: 'payload_too_large',
    });
  });

  it('tells a wrong method from an unknown path', async () => {
    const wrong = await app.inject({ method: 'DELETE', url: '/things?x=1' });
    expect([wrong.statusCode, wrong.headers['allow'], wrong.json<{ code: string }>().code]).toEqual([
      405,
      'GET, HEAD, POST',
      'method_not_allowed',
    ]);
    expect((await app.inject('/nothing')).json()).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('does so before it looks at the body, for methods that it never heard of too', async () => {
    for (const method of ['PUT', 'QUERY', 'PROPFIND', 'TRACE', 'M-SEARCH'] as const) {
      const headers = { 'content-type': 'application/xml', host: 'x' };
      const answer = await overSocket(method, '/things', headers, '<a/>');
      expect([method, answer.status, answer.allow, answer.code]).toEqual([
        method,
        405,
        'GET, HEAD, POST',
        'method_not_allowed',
      ]);
      expect(await overSocket(method, '/nothing', headers, '<a/>')).toMatchObject({
        status: 404,
        code: 'not_found',
      });
    }
  });

  it('answers invalid_path to a path that is no UTF-8, and not_found to one that is too long', async () => {
    for (const [url, status, code] of [
      ['/things/%ff%fe', 400, 'invalid_path'],
      ['/%ff', 400, 'invalid_path'],
      ['/things/%ed%a0%80', 400, 'invalid_path'],
      ['/things/%', 400, 'invalid_path'],
      [`/things/${'a'.repeat(300)}`, 404, 'not_found'],
    ] as const) {
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      const { statusCode, headers, ...answer } = await app.inject({ url, headers: { traceparent } });
      expect([url, statusCode, headers['content-type']]).toEqual([
        url,
        status,
        'application/problem+json; charset=utf-8',
      ]);
      expect(answer.json()).toMatchObject({ code, traceId: '4bf92f3577b34da6a3ce929d0e0e4736' });
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
    }
  });

  it('names the faults of the query and of the body together', async () => {
    const answer = await app.inject({ method: 'POST', url: '/things?a=1', payload: { name: 'desk' } });
    const { errors } = answer.json<{ errors: { path: string }[] }>();
    expect([answer.statusCode, errors.map(({ path }) => path).sort()]).toEqual([422, ['a', 'size']]);
  });

  it('names the faults of the query alone where no body came, or one of another type', async () => {
    for (const [url, payload, type] of [
      ['/things?a=1', '', 'application/json'],
      ['/things?a=1', 'x,y', 'text/csv'],
      ['/files?a=1', '', 'application/json'],
    ] as const) {
      const answer = await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });
      expect([url, answer.json()]).toMatchObject([url, { status: 422, errors: [{ path: 'a' }] }]);
    }
  });

  it('takes bytes where a route says so, and nowhere else', async () => {
    const headers = { 'content-type': 'text/csv' };
    const file = await app.inject({ method: 'POST', url: '/files', payload: 'a,b', headers });
    expect([file.statusCode, file.json()]).toEqual([201, { bytes: 3 }]);
    expect((await post('a,b', 'text/csv')).json()).toMatchObject({ code: 'unsupported_media_type' });
    const json = await app.inject({ method: 'POST', url: '/files', payload: {} });
    expect(json.json()).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it('does not start with an HTTP handler that has no contract', async () => {
    const bare = await NestFactory.create<NestFastifyApplication>(BareModule, httpAdapter(), {
      logger: false,
    });
    await expect(bare.init()).rejects.toThrow('BareController.bare');
    await bare.close();
  });

  it('does not start with a route that has no handler', async () => {
    const half = await NestFactory.create<NestFastifyApplication>(HalfModule, httpAdapter(), {
      logger: false,
    });
    await expect(half.init()).rejects.toThrow('no handler: missing');
    await half.close();
  });

  it('says nothing of what failed inside', async () => {
    const answer = await app.inject('/things/1');
    expect(answer.json()).toMatchObject({ status: 500, code: 'internal_error' });
    expect(answer.body).not.toContain('password');
  });

  it('continues the trace, echoes the request id and sends no banner', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const answer = await app.inject({ url: '/things', headers: { traceparent, 'x-request-id': 'r1' } });
    expect(answer.headers['traceparent']).toContain('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(answer.headers['x-request-id']).toBe('r1');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['server'] ?? answer.headers['x-powered-by']).toBeUndefined();
  });
});

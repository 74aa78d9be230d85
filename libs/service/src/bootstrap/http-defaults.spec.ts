import { Body, Controller, Get, Module, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { applyHttpDefaults, httpAdapter } from './http-defaults.ts';

const thing = z.strictObject({ name: z.string().min(1), size: z.number().int() });
const filter = z.strictObject({ limit: z.coerce.number().int().max(100).default(25) });

@Controller('things')
class ThingController {
  @Get()
  list(@Query({ schema: filter }) query: z.infer<typeof filter>) {
    return query;
  }

  @Post()
  make(@Body({ schema: thing }) body: z.infer<typeof thing>) {
    return body;
  }

  @Get(':id')
  fail() {
    throw new Error('connection string with a password');
  }
}

@Module({ controllers: [ThingController] })
class ThingModule {}

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

function post(payload: string | Buffer, type = 'application/json') {
  return app.inject({ method: 'POST', url: '/things', payload, headers: { 'content-type': type } });
}

describe('HTTP defaults', () => {
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

  it.each(['{', 'null null', '{"a":1,}', '\u0000', '{"__proto__":{"admin":true}}'])(
    'answers invalid_json to %j',
    async (body) => {
      const answer = await post(body);
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'invalid_json']);
    },
  );

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

import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { fastify } from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { CachedBody } from '../record/cached-body.ts';
import { conditionalAnswer, entityTag } from './conditional-answer.ts';
import type { Sendable, SendOptions } from './conditional-answer.ts';

const json = JSON.stringify({
  items: Array.from({ length: 100 }, (_, index) => ({ index, title: 'Algebra' })),
});
const big = CachedBody.of(json);
const small = CachedBody.of('{"items":[]}');

describe('a conditional answer', () => {
  const app = fastify();
  const options = { cacheControl: 'public, max-age=1', cacheName: 'registrar-courses' };
  app.get('/big', async (request, reply) => {
    return send(request, reply, { body: big, source: 'l1' }, { ...options, etagPrefix: 4 });
  });
  app.get('/small', async (request, reply) => {
    return send(request, reply, { body: small, source: 'load' }, { ...options, vary: 'Origin' });
  });
  afterAll(() => app.close());

  async function send(request: FastifyRequest, reply: FastifyReply, held: Sendable, how: SendOptions) {
    const { status, headers, bytes } = await conditionalAnswer(request.headers, held, how);
    return reply.code(status).headers(headers).send(bytes);
  }

  const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    app.inject({ method, url, headers });

  it('sends the bytes with every header of a cached read', async () => {
    const answer = await get('/big');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe(json);
    expect(answer.headers).toMatchObject({
      etag: `"4.${big.tag}"`,
      'cache-control': 'public, max-age=1',
      'cache-status': 'registrar-courses; hit; detail=l1',
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(big.bytes.length),
      vary: 'Accept-Encoding',
    });
    expect(answer.headers['content-encoding']).toBeUndefined();
  });

  it.each([
    ['br', (bytes: Buffer) => brotliDecompressSync(bytes)],
    ['gzip', (bytes: Buffer) => gunzipSync(bytes)],
  ])('sends %s with an ETag of its own', async (encoding, unpack) => {
    const answer = await get('/big', { 'accept-encoding': encoding });
    expect(unpack(answer.rawPayload).toString()).toBe(json);
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers.etag).toBe(`"4.${big.tag}-${encoding}"`);
    expect(answer.headers['content-length']).toBe(String(answer.rawPayload.length));
  });

  it('prefers br where the client takes both alike', async () => {
    const answer = await get('/big', { 'accept-encoding': 'gzip, deflate, br' });
    expect(answer.headers['content-encoding']).toBe('br');
  });

  it('sends up to 1 KB as it is, and adds to Vary what was there', async () => {
    const answer = await get('/small', { 'accept-encoding': 'br' });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(answer.headers.vary).toBe('Origin, Accept-Encoding');
    expect(answer.headers['cache-status']).toBe('registrar-courses; fwd=uri-miss');
  });

  it.each([`"4.${big.tag}"`, `W/"4.${big.tag}-br"`, `"other", "4.${big.tag}-gzip"`, '*'])(
    'answers 304 without a body where the client has it: %s',
    async (condition) => {
      const answer = await get('/big', { 'if-none-match': condition, 'accept-encoding': 'br' });
      expect(answer.statusCode).toBe(304);
      expect(answer.rawPayload.length).toBe(0);
      expect(answer.headers.etag).toContain(`4.${big.tag}`);
      expect(answer.headers).toMatchObject({
        'cache-control': 'public, max-age=1',
        'cache-status': 'registrar-courses; hit; detail=l1',
        vary: 'Accept-Encoding',
      });
      expect(answer.headers['content-type']).toBeUndefined();
      expect(answer.headers['content-encoding']).toBeUndefined();
    },
  );

  it('sends all of it where the client has something else', async () => {
    const answer = await get('/big', { 'if-none-match': `"3.${big.tag}", "${big.tag}"` });
    expect(answer.statusCode).toBe(200);
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const [full, head] = [
      await get('/big', { 'accept-encoding': 'br' }),
      await get('/big', { 'accept-encoding': 'br' }, 'HEAD'),
    ];
    expect(head.statusCode).toBe(200);
    expect(head.rawPayload.length).toBe(0);
    for (const name of [
      'etag',
      'content-length',
      'content-encoding',
      'content-type',
      'cache-status',
      'vary',
    ]) {
      expect(head.headers[name], name).toBe(full.headers[name]);
    }
  });

  it('names the tag of a body for other uses', () => {
    expect(entityTag(small)).toBe(small.tag);
    expect(entityTag(small, 3, 'br')).toBe(`3.${small.tag}-br`);
  });
});

import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { beginEventStream } from './event-stream.ts';
import type { StreamSink } from './event-stream.ts';

let app: FastifyInstance;
let sinks: (StreamSink | undefined)[];

async function start(): Promise<string> {
  sinks = [];
  app = fastify();
  app.get('/', (request, reply) => {
    void reply.header('x-request-id', 'req-1');
    sinks.push(beginEventStream(request, reply, 'no-cache'));
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

afterEach(() => app.close());

describe('an event stream', () => {
  it('keeps the headers that were set, tells proxies to hand it on, and goes out as it is written', async () => {
    const answer = await fetch(await start());
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
      'x-request-id': 'req-1',
      connection: 'close',
    });
    const reader = answer.body?.getReader();
    sinks[0]?.write('data: 1\n\n');
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('data: 1\n\n');
    sinks[0]?.end();
    expect((await reader?.read())?.done).toBe(true);
  });

  it('can be cut', async () => {
    const answer = await fetch(await start());
    sinks[0]?.cut();
    await expect(answer.text()).rejects.toThrow();
  });

  it('is over at once for a HEAD request', async () => {
    const answer = await fetch(await start(), { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expect(sinks).toEqual([undefined]);
  });
});

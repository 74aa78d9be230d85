import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { identityKey } from '@registrar/auth';
import { defineRoutes } from '@registrar/contracts-http';
import {
  ServiceModule,
  applyHttpDefaults,
  forbidden,
  httpAdapter,
  listenToRefusals,
} from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { Registry } from 'prom-client';
import { afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Call } from '../call/call.ts';
import { EndpointModule } from '../endpoint.module.ts';
import { Endpoint } from '../endpoint.ts';
import { recordReadsBy } from './read-audit.ts';
import type { AuditedRead, ReadRecorder } from './read-audit.ts';

const answers = { 200: { description: 'Good.', schema: z.any() } } as const;
const read = { tag: 'Things', summary: 'For tests', caller: 'public', method: 'GET', answers } as const;
const routes = defineRoutes('courses', {
  plain: { ...read, path: '/plain' },
  roster: { ...read, path: '/courses/:id/roster', audit: { read: 'roster_read' } },
  student: {
    ...read,
    path: '/students/:id',
    audit: { read: 'student_read', subject: ({ params }) => params['id'] },
  },
});

@Controller()
class ReadController {
  @Endpoint(routes.plain)
  plain() {
    return {};
  }

  @Endpoint(routes.roster)
  roster({ params }: Call<typeof routes.roster>) {
    if (params.id === 'others') throw forbidden();
    return { id: params.id };
  }

  @Endpoint(routes.student)
  student({ params }: Call<typeof routes.student>) {
    return { id: params.id };
  }
}

@Module({
  imports: [ServiceModule.forRoot('test', {} as ServiceConfig), EndpointModule.forRoot(routes)],
  controllers: [ReadController],
})
class ReadModule {}

let app: NestFastifyApplication;
afterEach(() => app.close());

/** An app whose caller is `usr_a`, with what records its reads. */
async function start(recorder: ReadRecorder | undefined) {
  app = await NestFactory.create<NestFastifyApplication>(ReadModule, httpAdapter(), {
    logger: false,
    bodyParser: false,
  });
  applyHttpDefaults(app, new Registry());
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, _reply, done) => {
    Object.assign(request, { [identityKey]: { id: 'usr_a', roles: ['registrar'] } });
    done();
  });
  if (recorder) recordReadsBy(fastify, recorder);
  await app.init();
  await fastify.ready();
  return async (url: string) => (await fastify.inject({ url })).statusCode;
}

it('records reads of audited routes before the answer, and those of no others', async () => {
  const reads: AuditedRead[] = [];
  const get = await start((each) => Promise.resolve(void reads.push(each)));
  expect([await get('/plain'), await get('/courses/crs_1/roster'), await get('/students/usr_b')]).toEqual([
    200, 200, 200,
  ]);
  expect(reads.map(({ action, user, subjectId }) => [action, user.id, subjectId])).toEqual([
    ['roster_read', 'usr_a', undefined],
    ['student_read', 'usr_a', 'usr_b'],
  ]);
});

it('records no read of the own data, and none that is refused', async () => {
  const recorder = vi.fn(() => Promise.resolve());
  const get = await start(recorder);
  const refused = vi.fn();
  listenToRefusals(app.getHttpAdapter().getInstance(), refused);
  expect([await get('/students/usr_a'), await get('/courses/others/roster')]).toEqual([200, 403]);
  expect(recorder).not.toHaveBeenCalled();
  expect(refused).toHaveBeenCalledOnce();
});

it('gives nothing where a read cannot be recorded, or nobody records', async () => {
  const get = await start(() => Promise.reject(new Error('the store is away')));
  expect(await get('/students/usr_b')).toBe(500);
  await app.close();
  const getUnrecorded = await start(undefined);
  expect([await getUnrecorded('/students/usr_b'), await getUnrecorded('/plain')]).toEqual([500, 200]);
});

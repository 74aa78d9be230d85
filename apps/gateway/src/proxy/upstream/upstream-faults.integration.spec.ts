import type { ServerResponse } from 'node:http';
import { beforeEach, describe, expect, it } from 'vitest';
import { until } from '@registrar/testing';
import { StubService, json } from '../../testing/stub-service.ts';
import { median } from '../../testing/median.ts';
import type { TestAnswer } from '../../testing/running-gateway.ts';
import { startGateway } from '../../testing/start-gateway.ts';

const { system, gateway } = await startGateway({
  RATE_LIMIT_USER_PER_SECOND: '0',
  RATE_LIMIT_ADDRESS_PER_SECOND: '0',
});
const token = (await gateway.register('nia@registrar.example')).accessToken;
beforeEach(async () => {
  await system.enrollments.start();
  system.enrollments.answer = (_request, response) => json(response, 200, { items: [], nextCursor: null });
  system.enrollments.seen.length = 0;
});

async function timed<T>(work: () => Promise<T>): Promise<[T, ms: number]> {
  const begin = performance.now();
  const result = await work();
  return [result, performance.now() - begin];
}

describe('a service that was killed', () => {
  it('is answered for within 50 ms, the others go on, and it is back within a second of its return', async () => {
    await gateway.get('/api/enrollments/me', token);
    await system.enrollments.stop();
    const times: number[] = [];
    for (let call = 0; call < 30; call += 1) {
      const [answer, ms] = await timed(() => gateway.get('/api/enrollments/me', token));
      expect([answer.status, answer.json?.['code']]).toEqual([503, 'service_unavailable']);
      expect(answer.headers['retry-after']).toBe('1');
      times.push(ms);
    }
    expect(median(times)).toBeLessThan(50);
    expect((await gateway.get('/api/notifications/me', token)).status).toBe(200);
    await system.enrollments.start();
    await until(async () => (await gateway.get('/api/enrollments/me', token)).status === 200, 1_000);
  });
});

describe('a service that is slow', () => {
  it('is given up after the time limit of the route with 504', async () => {
    system.enrollments.answer = () => undefined;
    const [answer, ms] = await timed(() => gateway.get('/api/enrollments/me', token));
    expect([answer.status, answer.json?.['code']]).toEqual([504, 'upstream_timeout']);
    expect(ms).toBeGreaterThan(2_900);
    expect(ms).toBeLessThan(6_000);
  });

  it('still takes the writes of other courses while more of one wait for it than there are connections', async () => {
    const held: ServerResponse[] = [];
    const [hot, other] = ['a', 'b'].map((letter) => ({ courseId: `crs_${letter.repeat(20)}` }));
    system.enrollments.answer = ({ body }, response) =>
      body.includes(other?.courseId ?? '') ? json(response, 201, {}) : void held.push(response);
    const writes = Promise.all(
      Array.from({ length: 120 }, () => gateway.post('/api/enrollments', hot, token)),
    );
    await until(() => held.length >= 98);
    for (let call = 0; call < 5; call += 1)
      expect((await gateway.post('/api/enrollments', other, token)).status).toBe(201);
    expect(held.length).toBe(98);
    system.enrollments.answer = (_request, response) => json(response, 200, {});
    for (const response of held) json(response, 200, {});
    expect(new Set((await writes).map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('is still read while more writes wait for it than there are connections', async () => {
    const held: ServerResponse[] = [];
    system.enrollments.answer = ({ method }, response) =>
      method === 'GET' ? json(response, 200, { items: [] }) : void held.push(response);
    const writes = Promise.all(
      Array.from({ length: 110 }, (_, at) =>
        gateway.post('/api/enrollments', { courseId: `crs_${at}` }, token),
      ),
    );
    await until(() => held.length === 98);
    expect((await gateway.get('/api/enrollments/me', token)).status).toBe(200);
    system.enrollments.answer = (_request, response) => json(response, 201, {});
    for (const response of held) json(response, 201, {});
    expect((await writes).map(({ status }) => status)).toEqual(Array.from({ length: 110 }, () => 201));
  });

  it('gets no more writes while it answers none: they are refused at once, and reads go on', async () => {
    const held: ServerResponse[] = [];
    system.enrollments.answer = ({ method }, response) =>
      method === 'GET' ? json(response, 200, { items: [] }) : void held.push(response);
    const answers: TestAnswer[] = [];
    const writes: Promise<unknown>[] = [];
    const write = () => {
      const body = { courseId: `crs_${writes.length}` };
      writes.push(gateway.post('/api/enrollments', body, token).then((answer) => answers.push(answer)));
    };
    for (let count = 0; count < 40; count += 1) write();
    await until(() => {
      write();
      return answers.length > 0;
    });
    const reached = system.enrollments.seen.length;
    expect(answers[0]).toMatchObject({ status: 503, json: { code: 'overloaded' } });
    expect(Number(answers[0]?.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect((await gateway.get('/api/enrollments/me', token)).status).toBe(200);
    expect(system.enrollments.seen.length).toBe(reached + 1);
    system.enrollments.answer = (_request, response) => json(response, 201, {});
    for (const response of held) json(response, 201, {});
    await Promise.all(writes);
    const refused = answers.filter(({ status }) => status === 503).length;
    const taken = answers.filter(({ status }) => status === 201).length;
    const seen = system.enrollments.seen.filter(({ method }) => method === 'POST').length;
    expect([taken, refused + taken]).toEqual([seen, writes.length]);
  });

  it('does not hold up the others', async () => {
    system.enrollments.answer = () => undefined;
    const held = Promise.all(Array.from({ length: 200 }, () => gateway.get('/api/enrollments/me', token)));
    const times: number[] = [];
    for (let call = 0; call < 50; call += 1) {
      const [answer, ms] = await timed(() => gateway.get('/api/notifications/me', token));
      expect(answer.status).toBe(200);
      times.push(ms);
    }
    // Held up they would take the three seconds of the others.
    expect(median(times)).toBeLessThan(500);
    expect(new Set((await held).map(({ status }) => status))).toEqual(new Set([504]));
    await until(async () => {
      system.enrollments.answer = (_request, response) => json(response, 200, {});
      return (await gateway.get('/api/enrollments/me', token)).status === 200;
    }, 2_000);
  });
});

describe('a connection that fails', () => {
  it('is tried once more for a read, and never for a write', async () => {
    let calls = 0;
    system.enrollments.answer = (_request, response) => {
      calls += 1;
      if (calls % 2 === 1) response.socket?.destroy();
      else json(response, 200, { call: calls });
    };
    const read = await gateway.get('/api/enrollments/me', token);
    expect([read.status, read.json]).toEqual([200, { call: 2 }]);
    const write = await gateway.post('/api/enrollments', { courseId: 'crs_1' }, token);
    expect([write.status, write.json?.['code'], calls]).toEqual([503, 'service_unavailable', 3]);
  });

  it('that ends in the middle of an answer is no answer', async () => {
    system.enrollments.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half');
      setTimeout(() => response.socket?.destroy(), 20);
    };
    const answer = await gateway.post('/api/enrollments', { courseId: 'crs_1' }, token);
    expect([answer.status, answer.json?.['code']]).toEqual([503, 'service_unavailable']);
  });
});

describe('several addresses of a service', () => {
  it('share the reads, lose nothing when one goes, and take it back', async () => {
    const second = await new StubService().start();
    const both = await system.start({
      ENROLLMENTS_URL: `${system.enrollments.url},${second.url}`,
      RATE_LIMIT_USER_PER_SECOND: '0',
    });
    const read = () => both.get('/api/enrollments/me', token);
    await Promise.all(Array.from({ length: 40 }, read));
    expect(system.enrollments.seen.length).toBeGreaterThan(10);
    expect(second.seen.length).toBeGreaterThan(10);
    await second.stop();
    for (let call = 0; call < 20; call += 1) expect((await read()).status).toBe(200);
    second.seen.length = 0;
    await second.start();
    await until(async () => {
      await read();
      return second.seen.length > 0;
    }, 1_500);
    await second.stop();
  });

  it('send the enrollment writes of a course to the same one, unless told not to', async () => {
    const stubs = await Promise.all([1, 2, 3].map(() => new StubService().start()));
    const urls = { ENROLLMENTS_URL: stubs.map(({ url }) => url).join(','), RATE_LIMIT_USER_PER_SECOND: '0' };
    const hashing = await system.start(urls);
    const suffixes = Array.from('abcdefghijklmnop', (letter) => letter.repeat(20));
    for (const suffix of suffixes) {
      await hashing.post('/api/enrollments', { joinWaitlist: true, courseId: `crs_${suffix}` }, token);
      await hashing.call('DELETE', `/api/enrollments/enr_${suffix}_${'u'.repeat(20)}`, { token });
      await hashing.post(
        '/api/enrollments/swap',
        { dropEnrollmentId: 'enr_x', addCourseId: `crs_${suffix}` },
        token,
      );
    }
    for (const suffix of suffixes) {
      const takers = stubs.filter(({ seen }) =>
        seen.some(({ url, body }) => `${url}${body}`.includes(suffix)),
      );
      expect([suffix, takers.length]).toEqual([suffix, 1]);
    }
    expect(stubs.filter(({ seen }) => seen.length > 0).length).toBeGreaterThan(1);
    for (const stub of stubs) stub.seen.length = 0;
    const spreading = await system.start({ ...urls, ROUTE_BY_COURSE: 'false' });
    const body = { courseId: `crs_${'a'.repeat(20)}` };
    for (let call = 0; call < 9; call += 1) await spreading.post('/api/enrollments', body, token);
    expect(stubs.filter(({ seen }) => seen.length > 0)).toHaveLength(3);
    await Promise.all(stubs.map((stub) => stub.stop()));
  });

  it('are each asked over at most 50 kept connections', async () => {
    const before = system.notifications.connections;
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(Array.from({ length: 100 }, () => gateway.get('/api/notifications/me', token)));
    }
    expect(system.notifications.connections - before).toBeLessThanOrEqual(50);
  });
});

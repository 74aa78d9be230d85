import { TcpChaosProxy } from '@registrar/testing';
import { expect, it, vi } from 'vitest';
import { EnrollmentsSystem } from '../testing/enrollments-system.ts';

it('an instance without Redis stays ready, and its health says that Redis is away and when it is back', async () => {
  const redisUrl = process.env['REDIS_URL'] ?? '';
  const proxy = await TcpChaosProxy.start(redisUrl);
  const system = await EnrollmentsSystem.start(1, { REDIS_URL: proxy.url(redisUrl) });
  const untilRedisIs = (state: string) => {
    const expected = { status: 200, body: { dependencies: { redis: { state } } } };
    const asked = async () =>
      expect(await system.sendRequest({ path: '/health/ready' })).toMatchObject(expected);
    return vi.waitFor(asked, { timeout: 20_000 });
  };
  try {
    await untilRedisIs('up');
    await proxy.refuse();
    await untilRedisIs('down');
    await proxy.pass();
    await untilRedisIs('up');
  } finally {
    await system.stop();
    await proxy.stop();
  }
});

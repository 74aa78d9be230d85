import { getPriority } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';
import { sessionNiceness } from '../process/autogroup.ts';
import { backgroundNiceness, nicenessVariable } from '../process/child.ts';
import { scriptPath } from '../workspace.ts';
import { perApp } from './app-names.ts';
import { startSystem } from './start-system.ts';
import type { System } from './system.ts';

let system: System | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await system?.stop();
});

it('is started, hurt, awaited and stopped from code, with names of its own on external backing services', async () => {
  vi.stubEnv(nicenessVariable, 'on');
  system = await startSystem({
    name: `trial-${process.pid}`,
    build: false,
    env: { LOG_LEVEL: 'warn', KAFKA_NAME: 'common' },
    instanceEnv: ({ app, number }, { KAFKA_BROKERS }) =>
      Promise.resolve(app === 'enrollments' ? { KAFKA_NAME: `${number} at ${KAFKA_BROKERS}` } : {}),
    programs: perApp(() => scriptPath('testing/stub-app')),
  });
  const environmentOf = async (url: string): Promise<Record<string, string>> =>
    (await (await fetch(url)).json()) as Record<string, string>;
  const [before] = system.instances('enrollments');
  expect(await environmentOf(before?.url ?? '')).toMatchObject({
    ...system.prefixes,
    LOG_LEVEL: 'warn',
    KAFKA_BROKERS: process.env['KAFKA_BROKERS'],
  });
  expect(await environmentOf(before?.url ?? '')).toMatchObject({
    KAFKA_NAME: `0 at ${process.env['KAFKA_BROKERS']}`,
  });
  expect(await environmentOf(system.gatewayUrl)).toMatchObject({ KAFKA_NAME: 'common' });
  const [follower] = system.instances('notifications');
  expect(getPriority(follower?.pid)).toBe(backgroundNiceness);
  expect([backgroundNiceness, undefined]).toContain(await sessionNiceness(follower?.pid ?? 0));
  await expect(system.freeze('kafka', true)).rejects.toThrow('kafka is external');
  system.kill('enrollments', 0, 'SIGKILL');
  await expect
    .poll(() => system?.instances('enrollments')[0]?.pid, { timeout: 10_000 })
    .not.toBe(before?.pid);
  await system.untilReady('enrollments');
  expect((await environmentOf(before?.url ?? ''))['PORT']).toBe(new URL(before?.url ?? '').port);
});

import { describe, expect, it } from 'vitest';
import { perApp } from './app-names.ts';
import { worryOf } from './log-tail.ts';
import { wholeOptions } from './options.ts';
import { stackRecord } from './stack-file.ts';
import { backoffMs } from './supervised-app.ts';

describe('wholeOptions', () => {
  it('gives a passing system names of its own, different each time', () => {
    const first = wholeOptions({ name: 'e2e' }, {}).prefixes;
    const second = wholeOptions({ name: 'e2e' }, {}).prefixes;
    expect(first.TABLE_PREFIX).toMatch(/^e2e-[0-9a-f]{6}_$/);
    expect(first.TOPIC_PREFIX).not.toBe(second.TOPIC_PREFIX);
    expect(first.CACHE_PREFIX).not.toBe(second.CACHE_PREFIX);
  });

  it('gives a lasting system the names that it finds again', () => {
    expect(wholeOptions({ name: 'dev', keepsData: true }, {}).prefixes).toEqual({
      TABLE_PREFIX: 'registrar_',
      TOPIC_PREFIX: '',
      CACHE_PREFIX: 'registrar:',
      JOBS_PREFIX: 'registrar-jobs',
    });
  });

  it('lets variables decide, those of the options before those of the process', () => {
    const options = wholeOptions(
      { name: 'e2e', env: { TOPIC_PREFIX: 'b.' } },
      { TOPIC_PREFIX: 'a.', TABLE_PREFIX: 't_' },
    );
    expect(options.prefixes).toMatchObject({ TOPIC_PREFIX: 'b.', TABLE_PREFIX: 't_' });
  });

  it('runs one of each app unless told otherwise', () => {
    const { instances } = wholeOptions({ name: 'e2e', instances: { enrollments: 2 } }, {});
    expect(instances).toEqual({ ...perApp(() => 1), enrollments: 2 });
  });
});

describe('stackRecord', () => {
  const instance = (port: number) => ({
    url: `http://127.0.0.1:${port}`,
    metricsUrl: `http://127.0.0.1:${port + 1000}/metrics`,
    pid: port,
  });
  const backing = {
    addresses: {
      REDIS_URL: 'redis://127.0.0.1:6379/0',
      JOBS_REDIS_URL: 'redis://127.0.0.1:6379/1',
      KAFKA_BROKERS: '127.0.0.1:9092',
      DYNAMODB_ENDPOINT: 'http://127.0.0.1:8000',
      SMTP_URL: 'smtp://127.0.0.1:1025',
    },
    sources: { redis: 'external', kafka: 'external', dynamodb: 'external', mail: 'external' },
    children: {},
    freeze: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  } as const;
  const apps = {
    ...perApp(() => [instance(3001)]),
    gateway: [instance(3000)],
    enrollments: [instance(3002), instance(5002)],
  };

  it('lists the instances of an app that runs more than once, the first one also by itself', () => {
    const record = stackRecord(apps, backing);
    expect(record.enrollments).toEqual({ ...instance(3002), instances: [instance(3002), instance(5002)] });
    expect(record.gateway).toEqual(instance(3000));
  });

  it('has no pid for what it did not start', () => {
    expect(stackRecord(apps, backing)).toMatchObject({
      redis: { url: 'redis://127.0.0.1:6379/0' },
      kafka: { brokers: '127.0.0.1:9092' },
      mail: { smtpUrl: 'smtp://127.0.0.1:1025', pageUrl: null },
    });
    expect(stackRecord(apps, backing).kafka).not.toHaveProperty('pid');
  });
});

describe('worryOf', () => {
  it('passes over what is no worry', () => {
    expect(worryOf('{"level":"info","msg":"listening"}')).toBeUndefined();
    expect(worryOf('')).toBeUndefined();
  });

  it('turns warnings and errors into words', () => {
    expect(worryOf('{"level":"error","msg":"no relay","err":{"message":"broker away"}}')).toBe(
      'error: no relay (broker away)',
    );
  });

  it('shows what is not a log line as it is', () => {
    expect(worryOf('courses cannot start.')).toBe('courses cannot start.');
    expect(worryOf('{broken')).toBe('{broken');
  });
});

describe('backoffMs', () => {
  it('waits longer with every quick end, up to five seconds', () => {
    expect([1, 2, 3, 6, 7, 20].map(backoffMs)).toEqual([100, 200, 400, 3_200, 5_000, 5_000]);
  });
});

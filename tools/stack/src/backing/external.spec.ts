import { describe, expect, it } from 'vitest';
import { StackFault } from '../stack-fault.ts';
import { externalAddresses, externalParts } from './external.ts';

function linesOf(env: Record<string, string>): readonly string[] {
  try {
    externalAddresses(env);
  } catch (error) {
    if (error instanceof StackFault) return error.lines;
  }
  return [];
}

describe('externalAddresses', () => {
  it('reads what is set and takes an empty variable for none', () => {
    expect(
      externalAddresses({ KAFKA_BROKERS: 'a:9092, b:9092', DYNAMODB_ENDPOINT: '', PATH: '/bin' }),
    ).toEqual({
      KAFKA_BROKERS: 'a:9092, b:9092',
    });
  });

  it('puts jobs into database 1 of the given Redis, unless they have an address of their own', () => {
    expect(externalAddresses({ REDIS_URL: 'redis://cache:6379/0' }).JOBS_REDIS_URL).toBe(
      'redis://cache:6379/1',
    );
    const own = { REDIS_URL: 'redis://cache:6379/0', JOBS_REDIS_URL: 'redis://jobs:6379/0' };
    expect(externalAddresses(own).JOBS_REDIS_URL).toBe('redis://jobs:6379/0');
  });

  it('names every address of a wrong form', () => {
    expect(linesOf({ REDIS_URL: 'localhost', KAFKA_BROKERS: 'kafka', SMTP_URL: 'http://mail' })).toEqual([
      'REDIS_URL must be an address that starts with redis:// or rediss://.',
      'KAFKA_BROKERS must be host:port, or several with commas between, not "kafka".',
      'SMTP_URL must be an address that starts with smtp:// or smtps://.',
    ]);
  });

  it('does not repeat an address with a password in it', () => {
    expect(linesOf({ REDIS_URL: 'https://:hush@cache' }).join()).not.toContain('hush');
  });
});

describe('externalParts', () => {
  it('counts a part by its first variable', () => {
    expect(externalParts({ JOBS_REDIS_URL: 'redis://jobs', SMTP_URL: 'smtp://mail' })).toEqual(
      new Set(['mail']),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { PartName } from './part.ts';
import type { Machine } from './sources.rules.ts';
import { chooseSources } from './sources.rules.ts';

const bare: Machine = {
  docker: false,
  java: undefined,
  maven: false,
  redis: false,
  fetched: { redis: false, kafka: false, dynamodb: false },
};
const none = new Set<PartName>();
const all = (source: string): Record<PartName, string> => ({
  redis: source,
  kafka: source,
  dynamodb: source,
  mail: source,
});

describe('chooseSources', () => {
  it('uses external addresses though Docker and Java are there', () => {
    const external = new Set<PartName>(['redis', 'kafka', 'dynamodb', 'mail']);
    expect(chooseSources(external, { ...bare, docker: true, java: 21, maven: true })).toEqual({
      sources: all('external'),
    });
  });

  it('takes Docker before processes of its own', () => {
    expect(chooseSources(none, { ...bare, docker: true, java: 21, maven: true })).toEqual({
      sources: all('compose'),
    });
  });

  it('runs processes of its own with Java and Maven', () => {
    expect(chooseSources(none, { ...bare, java: 17, maven: true })).toEqual({ sources: all('native') });
  });

  it('decides for each part on its own', () => {
    expect(chooseSources(new Set<PartName>(['kafka', 'mail']), { ...bare, java: 17, maven: true })).toEqual({
      sources: { redis: 'native', kafka: 'external', dynamodb: 'native', mail: 'external' },
    });
  });

  it('needs no Maven for what was fetched before', () => {
    const fetched = { redis: true, kafka: true, dynamodb: true };
    expect(chooseSources(none, { ...bare, java: 17, fetched })).toEqual({ sources: all('native') });
  });

  it('needs neither Java nor Maven for a Redis that is installed', () => {
    const external = new Set<PartName>(['kafka', 'dynamodb']);
    expect(chooseSources(external, { ...bare, redis: true })).toMatchObject({ sources: { redis: 'native' } });
  });

  it('says in one sentence what to install on a bare machine', () => {
    expect(chooseSources(none, bare)).toEqual({
      fault:
        'Redis, Kafka, and DynamoDB Local cannot be started here: install Maven and Java 17 or later, ' +
        'or Docker with compose, or give addresses in REDIS_URL, KAFKA_BROKERS, DYNAMODB_ENDPOINT.',
    });
  });

  it('says that the Java is too old', () => {
    expect(chooseSources(none, { ...bare, java: 11, maven: true })).toEqual({
      fault: expect.stringContaining('install Java 17 or later (this is 11),') as string,
    });
  });
});

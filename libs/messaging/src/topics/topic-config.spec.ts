import { describe, expect, it } from 'vitest';
import { topicsToCreate } from './topic-config.ts';

const configOf = (topics: ReturnType<typeof topicsToCreate>, wanted: string) =>
  Object.fromEntries(
    (topics.find(({ topic }) => topic === wanted)?.configEntries ?? []).map(({ name, value }) => [
      name,
      value,
    ]),
  );

describe('topicsToCreate', () => {
  const topics = topicsToCreate(
    [
      { name: 'courses.course.v1', partitions: 6, retention: 'unlimited' },
      { name: 'gateway.user.v1', partitions: 3, retention: 'unlimited', cleanup: 'compact', personal: true },
    ],
    'trial.',
  );

  it('creates each topic with its partitions, and one for its dead letters', () => {
    expect(topics.map(({ topic, numPartitions }) => [topic, numPartitions])).toEqual([
      ['trial.courses.course.v1', 6],
      ['trial.courses.course.v1.dlq', 1],
      ['trial.gateway.user.v1', 3],
      ['trial.gateway.user.v1.dlq', 1],
    ]);
  });

  it('keeps unlimited topics for good', () => {
    expect(configOf(topics, 'trial.courses.course.v1')).toEqual({
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
    });
  });

  it('keeps dead letters of every topic for 14 days', () => {
    for (const topic of ['trial.courses.course.v1.dlq', 'trial.gateway.user.v1.dlq'])
      expect(configOf(topics, topic)).toEqual({ 'cleanup.policy': 'delete', 'retention.ms': '1209600000' });
  });

  it('has a replaced state of a compacted topic gone within seven days', () => {
    const config = configOf(topics, 'trial.gateway.user.v1');
    expect(config).toMatchObject({ 'cleanup.policy': 'compact', 'retention.ms': '-1' });
    const days = (name: string) => Number(config[name]) / 86_400_000;
    expect(days('max.compaction.lag.ms')).toBeLessThanOrEqual(7);
    expect(days('segment.ms')).toBeLessThanOrEqual(days('max.compaction.lag.ms'));
  });
});

import { describe, expect, it } from 'vitest';
import { topicsToCreate } from './create-topics.ts';

describe('topicsToCreate', () => {
  const topics = topicsToCreate(
    [{ name: 'courses.course.v1', partitions: 6, retention: 'unlimited' }],
    'trial.',
  );

  it('creates each topic with its partitions, and one for its dead letters', () => {
    expect(topics.map(({ topic, numPartitions }) => [topic, numPartitions])).toEqual([
      ['trial.courses.course.v1', 6],
      ['trial.courses.course.v1.dlq', 1],
    ]);
  });

  it('keeps unlimited topics and dead letters for good', () => {
    for (const { configEntries } of topics)
      expect(configEntries).toContainEqual({ name: 'retention.ms', value: '-1' });
  });
});

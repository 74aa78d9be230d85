import type { KafkaMessage } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { deadLetterMessage, headerText } from './dead-letter.ts';

const message: KafkaMessage = {
  key: Buffer.from('crs_1'),
  value: Buffer.from('{"broken'),
  offset: '17',
  timestamp: '0',
  attributes: 0,
  headers: { 'content-type': 'application/json', 'replay-for': 'courses' },
};
const letter = {
  service: 'courses',
  topic: 'p_enrollments.enrollment.v1',
  partition: 3,
  message,
  error: 'x'.repeat(5_000),
  attempts: 5,
  failedAt: new Date('2027-01-15T10:00:00.000Z'),
};

describe('a dead letter', () => {
  it('carries the event as it was, and tells where it failed and why', () => {
    const { topic, messages } = deadLetterMessage(letter);
    expect(topic).toBe('p_enrollments.enrollment.v1.dlq');
    expect(messages[0]).toMatchObject({ key: message.key, value: message.value });
    expect(messages[0]?.headers).toEqual({
      'content-type': 'application/json',
      'dead-letter-service': 'courses',
      'dead-letter-topic': 'p_enrollments.enrollment.v1',
      'dead-letter-partition': '3',
      'dead-letter-offset': '17',
      'dead-letter-error': 'x'.repeat(1_000),
      'dead-letter-attempts': '5',
      'dead-letter-failed-at': '2027-01-15T10:00:00.000Z',
    });
  });

  it('reads its headers whatever form they came in', () => {
    expect(headerText({ a: Buffer.from('x') }, 'a')).toBe('x');
    expect(headerText({ a: ['x', 'y'] }, 'a')).toBe('x');
    expect(headerText({}, 'a')).toBeUndefined();
    expect(headerText(undefined, 'a')).toBeUndefined();
  });
});

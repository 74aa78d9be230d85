import type { IHeaders, KafkaMessage, TopicMessages } from 'kafkajs';
import { deadLetterTopicOf } from '../topics/topic-definition.ts';

/** Headers that a dead letter carries beside its own. */
export const deadLetterHeaders = {
  service: 'dead-letter-service',
  topic: 'dead-letter-topic',
  partition: 'dead-letter-partition',
  offset: 'dead-letter-offset',
  error: 'dead-letter-error',
  attempts: 'dead-letter-attempts',
  failedAt: 'dead-letter-failed-at',
} as const;

/** Header of a replayed dead letter: only this service shall work on it. */
export const replayForHeader = 'replay-for';

const maxErrorLength = 1_000;

/** An event that could not be worked on, and why. */
interface DeadLetter {
  service: string;
  /** Physical topic it was read from. */
  topic: string;
  partition: number;
  message: KafkaMessage;
  error: string;
  attempts: number;
  failedAt: Date;
}

/** The dead letter as it is sent: key and value as they were, byte for byte. */
export function deadLetterMessage(letter: DeadLetter): TopicMessages {
  const { message } = letter;
  const headers: IHeaders = {
    ...message.headers,
    [deadLetterHeaders.service]: letter.service,
    [deadLetterHeaders.topic]: letter.topic,
    [deadLetterHeaders.partition]: String(letter.partition),
    [deadLetterHeaders.offset]: message.offset,
    [deadLetterHeaders.error]: letter.error.slice(0, maxErrorLength),
    [deadLetterHeaders.attempts]: String(letter.attempts),
    [deadLetterHeaders.failedAt]: letter.failedAt.toISOString(),
  };
  delete headers[replayForHeader];
  return {
    topic: deadLetterTopicOf(letter.topic),
    messages: [{ key: message.key, value: message.value, headers }],
  };
}

/** A header's text, or undefined. */
export function headerText(headers: IHeaders | undefined, name: string): string | undefined {
  const value = [headers?.[name]].flat()[0];
  return value === undefined ? undefined : value.toString();
}

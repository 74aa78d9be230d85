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
  /** Only where the letter has no body. */
  eventId: 'dead-letter-event-id',
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
  /** Of an event that can hold personal data: its id, as far as it could be read. The letter has no body then. */
  personal?: { eventId: string | undefined } | undefined;
}

/**
 * The dead letter as it is sent: key and value as they were, byte for byte. Of an event that can hold personal data there
 * is no value, and no header but those that say what failed, where it lies and why.
 */
export function deadLetterMessage(letter: DeadLetter): TopicMessages {
  const { message, personal } = letter;
  const own = personal ? undefined : message.headers;
  const headers: IHeaders = {
    ...own,
    ...(personal?.eventId !== undefined && { [deadLetterHeaders.eventId]: personal.eventId }),
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
    messages: [{ key: message.key, value: personal ? null : message.value, headers }],
  };
}

/** A header's text, or undefined. */
export function headerText(headers: IHeaders | undefined, name: string): string | undefined {
  const value = [headers?.[name]].flat()[0];
  return value === undefined ? undefined : value.toString();
}

import type { TopicMessages } from 'kafkajs';
import { cloudEventContentType } from '../events/cloud-event.ts';
import type { OutboxEntry } from './outbox-entry.ts';

/** Kafka header with the trace context of the sending, as OpenTelemetry names it. */
export const traceparentHeader = 'traceparent';

/** The most that one send carries; at least one entry goes, whatever its size. */
export interface BatchLimits {
  events: number;
  bytes: number;
}

/**
 * Entries for one send, from the front of each queue in turn until the limits are reached.
 *
 * A queue's entries stay in order and without gaps.
 */
export function fillBatch(queues: OutboxEntry[][], limits: BatchLimits): OutboxEntry[] {
  const batch: OutboxEntry[] = [];
  let events = 0;
  let bytes = 0;
  for (const queue of queues) {
    for (const entry of queue) {
      events += entry.events.length;
      bytes += entry.events.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0);
      if (batch.length > 0 && (events > limits.events || bytes > limits.bytes)) return batch;
      batch.push(entry);
    }
  }
  return batch;
}

/**
 * A batch as kafkajs takes it.
 *
 * @param traceparentOf what a consumer continues, where the sending is recorded; the event itself stays as it is
 */
export function messagesOf(
  batch: OutboxEntry[],
  topicPrefix: string,
  traceparentOf?: (eventId: string) => string | undefined,
): TopicMessages[] {
  const byTopic = new Map<string, TopicMessages>();
  for (const { topic, key, events } of batch) {
    const messages = byTopic.get(topic) ?? { topic: topicPrefix + topic, messages: [] };
    byTopic.set(topic, messages);
    for (const { id, value } of events) {
      const traceparent = traceparentOf?.(id);
      const headers = {
        'content-type': cloudEventContentType,
        ...(traceparent !== undefined && { [traceparentHeader]: traceparent }),
      };
      messages.messages.push({ key, value, headers });
    }
  }
  return [...byTopic.values()];
}

import { createKafka } from '../kafka/create-kafka.ts';
import { readTopic } from '../replay/read-topic.ts';

/** A message as text. */
interface ReadMessage {
  key: string;
  value: string | null;
  headers: Record<string, string>;
}

/** Every message of a physical topic, partition after partition, in the order of its offsets. */
export async function readAll(brokers: string[], topic: string): Promise<ReadMessage[]> {
  const found: (ReadMessage & { partition: number })[] = [];
  await readTopic(createKafka({ brokers, clientId: 'test-reader' }), topic, (message) => {
    const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
    found.push({
      partition: message.partition,
      key: String(message.key),
      value: message.value === null ? null : message.value.toString(),
      headers: Object.fromEntries(headers) as Record<string, string>,
    });
    return Promise.resolve();
  });
  return found.sort((a, b) => a.partition - b.partition);
}

import { retryWithBackoff } from '@registrar/async';
import { Partitioners, type Kafka, type Producer, type TopicMessages } from 'kafkajs';

/** How a connection to Kafka stands. */
export type ConnectionState = 'connecting' | 'up' | 'down';

/** What publishes batches; the relay's way to Kafka. */
export interface BatchProducer {
  readonly state: ConnectionState;
  /** Resolves when all in-sync replicas have everything; rejects when that is not certain. */
  sendBatch(batch: TopicMessages[]): Promise<void>;
  close(): Promise<void>;
}

const reconnectBackoff = { firstMs: 500, maxMs: 500 };

/**
 * A kafkajs producer that connects when it is first used and stays usable through every outage.
 *
 * Not idempotent: kafkajs loses messages so when sends overlap. One `send` at a time keeps the order instead.
 */
export class EventProducer implements BatchProducer {
  private readonly producer: Producer;
  private connected: Promise<void> | undefined;
  private current: ConnectionState = 'connecting';
  private isClosed = false;

  constructor(kafka: Kafka) {
    this.producer = kafka.producer({
      allowAutoTopicCreation: false,
      idempotent: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
  }

  get state(): ConnectionState {
    return this.current;
  }

  async sendBatch(batch: TopicMessages[]): Promise<void> {
    try {
      await this.connect();
      await this.producer.sendBatch({ acks: -1, topicMessages: batch });
      this.current = 'up';
    } catch (error) {
      this.current = 'down';
      throw error;
    }
  }

  /** Connects if it is not; called early, the first send need not wait for it. */
  async connect(): Promise<void> {
    this.connected ??= this.producer.connect();
    try {
      await this.connected;
      this.current = 'up';
    } catch (error) {
      this.connected = undefined;
      throw error;
    }
  }

  /** Connects in the background, again and again until it succeeds. */
  keepConnected(): void {
    void retryWithBackoff(() => this.connect(), {
      backoff: reconnectBackoff,
      isRetryable: () => !this.isClosed,
      onRetry: () => (this.current = 'down'),
    }).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    if (this.connected) await this.producer.disconnect();
  }
}

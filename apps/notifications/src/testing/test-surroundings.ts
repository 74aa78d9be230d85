import { randomUUID } from 'node:crypto';
import { createDynamo, createDynamoClient, createTables } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { createKafka, createTopics } from '@registrar/messaging';
import type { CloudEvent } from '@registrar/messaging';
import {
  MisbehavingSmtp,
  TestIssuer,
  stackBrokers,
  stackEnvironment,
  stackVariable,
} from '@registrar/testing';
import type { Producer } from 'kafkajs';
import { notificationsConfig } from '../notifications.config.ts';
import type { NotificationsConfig } from '../notifications.config.ts';
import { subscribedTopics, serviceName, tables } from '../service-parts.ts';
import { FakeGateway } from './fake-gateway.ts';

const perRequest = 250;

/** What the notifications service needs around it: tables, topics, a gateway, a mail server; apart from others'. */
export class TestSurroundings {
  readonly issuer = new TestIssuer();
  readonly prefix: string;
  readonly smtp: MisbehavingSmtp;
  readonly gateway: FakeGateway;
  readonly dynamo: Dynamo;
  readonly producer: Producer;

  private constructor(parts: Pick<TestSurroundings, 'prefix' | 'smtp' | 'gateway' | 'dynamo' | 'producer'>) {
    this.prefix = parts.prefix;
    this.smtp = parts.smtp;
    this.gateway = parts.gateway;
    this.dynamo = parts.dynamo;
    this.producer = parts.producer;
    this.gateway.keys = this.issuer.jwks();
  }

  static async make(): Promise<TestSurroundings> {
    const prefix = `n${randomUUID().slice(0, 8)}_`;
    const endpoint = stackVariable('DYNAMODB_ENDPOINT');
    const brokers = stackBrokers();
    const config = { DYNAMODB_ENDPOINT: endpoint, AWS_REGION: 'us-east-1', TABLE_PREFIX: prefix };
    const dynamo = createDynamo({ service: serviceName, tables, config });
    const client = createDynamoClient({ endpoint, region: 'us-east-1', tablePrefix: prefix });
    await Promise.all([
      createTables(client, dynamo.tables.definitions),
      createTopics(brokers, prefix, subscribedTopics),
    ]);
    client.destroy();
    const producer = createKafka({ brokers, clientId: 'test' }).producer();
    await producer.connect();
    const [smtp, gateway] = await Promise.all([MisbehavingSmtp.start(), new FakeGateway().start()]);
    return new TestSurroundings({ prefix, smtp, gateway, dynamo, producer });
  }

  /** The environment of an instance. Waits are short: what takes a minute in earnest takes a second here. */
  environment(changes: Record<string, string> = {}): Record<string, string> {
    return {
      ...stackEnvironment(this.prefix),
      LOG_LEVEL: 'warn',
      INSTANCE_ID: `test-${randomUUID().slice(0, 8)}`,
      JWKS_URL: `${this.gateway.url}/.well-known/jwks.json`,
      GATEWAY_URL: this.gateway.url,
      JOBS_REDIS_URL: stackVariable('JOBS_REDIS_URL'),
      JOBS_PREFIX: `jobs-${this.prefix}`,
      SMTP_URL: this.smtp.url,
      LINK_BASE: 'https://registrar.example',
      MAIL_RETRY_BASE_MS: '100',
      MAIL_RETRY_CAP_MS: '500',
      MAIL_MAX_ATTEMPTS: '4',
      MAIL_TIMEOUT_MS: '1000',
      MAIL_LEASE_MS: '3000',
      MAIL_SWEEP_MS: '200',
      ...changes,
    };
  }

  config(changes: Record<string, string> = {}): NotificationsConfig {
    return notificationsConfig.parse(this.environment(changes));
  }

  /** Publishes events as their service would: by the key that their topic has. */
  async publish(
    topic: string,
    events: readonly { key: string; event: CloudEvent | string }[],
  ): Promise<void> {
    const messages = events.map(({ key, event }) => ({
      key,
      value: typeof event === 'string' ? event : JSON.stringify(event),
    }));
    // One request of all could be larger than a broker takes.
    for (let at = 0; at < messages.length; at += perRequest) {
      const some = messages.slice(at, at + perRequest);
      await this.producer.send({ topic: this.prefix + topic, acks: -1, messages: some });
    }
  }

  async close(): Promise<void> {
    await this.producer.disconnect();
    this.dynamo.close();
    await Promise.all([this.smtp.stop(), this.gateway.stop()]);
  }
}

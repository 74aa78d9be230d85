import { Controller, Logger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Dynamo, DynamoModule } from '@registrar/dynamodb';
import {
  continueTrace,
  currentTrace,
  HealthRegistry,
  httpAdapter,
  runInTrace,
  serviceConfig,
  ServiceModule,
} from '@registrar/service';
import { idleEnvironment } from '@registrar/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectConsumers, MessagingModule, OutboxModule } from './messaging.module.ts';
import { InstanceEvent, ServiceEvent } from './consumers/event.decorators.ts';
import type { CloudEvent } from './events/cloud-event.ts';
import type { DataOf } from './events/event-definition.ts';
import { outboxAction, outboxEntry, outboxTable } from './outbox/outbox-entry.ts';
import { OutboxRelay } from './outbox/outbox-relay.ts';
import { seatEvent, seatTaken, seatTopic, testSystem, type TestSystem } from './testing/test-system.ts';

Logger.overrideLogger(false);

type SeatTaken = CloudEvent<DataOf<typeof seatTaken>>;

let system: TestSystem;
let app: NestFastifyApplication;
let received: string[];

@Controller()
class Seats {
  @ServiceEvent(seatTaken)
  async once(event: SeatTaken): Promise<void> {
    await Promise.resolve();
    received.push(`service ${event.data.sequence} ${currentTrace()?.traceId}`);
  }

  @InstanceEvent(seatTaken)
  async everywhere(event: SeatTaken): Promise<void> {
    await Promise.resolve();
    received.push(`instance ${event.data.sequence} ${currentTrace()?.traceId}`);
  }
}

async function start(brokers: string[]): Promise<void> {
  const config = serviceConfig.parse({
    ...idleEnvironment,
    INSTANCE_ID: 'one',
    KAFKA_BROKERS: brokers.join(','),
    TOPIC_PREFIX: system.prefix,
    TABLE_PREFIX: system.prefix,
    DYNAMODB_ENDPOINT: process.env['DYNAMODB_ENDPOINT'] ?? 'http://127.0.0.1:8000',
  });
  @Module({
    imports: [
      ServiceModule.forRoot('test', config),
      DynamoModule.forRoot({ service: 'test', tables: { tables: [outboxTable] }, config }),
      MessagingModule.forRoot({ service: 'test', config, topics: [seatTopic] }),
      OutboxModule.forRoot(),
    ],
    controllers: [Seats],
  })
  class App {}
  app = await NestFactory.create<NestFastifyApplication>(App, httpAdapter(), { logger: false });
  await connectConsumers(app);
  await app.listen(0, '127.0.0.1');
}

const readiness = () => app.get(HealthRegistry).readiness();

beforeEach(async () => {
  received = [];
  system = await testSystem();
});

afterEach(async () => {
  await app.close();
  await system.close();
});

describe('a hybrid application', () => {
  it('brings a commit to both kinds of handlers, under the trace of the request', async () => {
    await start(system.brokers);
    await vi.waitFor(() => expect(readiness().status).toBe('ready'), 15_000);
    const dynamo = app.get(Dynamo);
    const trace = continueTrace();
    const events = [runInTrace(trace, () => seatEvent('crs_1', 1))];
    const entry = outboxEntry({ topic: seatTopic.name, key: 'crs_1', sequence: 1, events, now: Date.now() });
    await dynamo.transact([outboxAction(dynamo.tables, entry)]);
    app.get(OutboxRelay).publish(entry);
    await vi.waitFor(() => expect(received).toHaveLength(2), 10_000);
    expect(received.sort()).toEqual([`instance 1 ${trace.traceId}`, `service 1 ${trace.traceId}`]);
  });

  it('publishes by its sweeper what nobody handed over', async () => {
    await start(system.brokers);
    const dynamo = app.get(Dynamo);
    const events = [seatEvent('crs_2', 1)];
    const now = Date.now() - 10_000;
    const entry = outboxEntry({ topic: seatTopic.name, key: 'crs_2', sequence: 1, events, now });
    await dynamo.transact([outboxAction(dynamo.tables, entry)]);
    await vi.waitFor(() => expect(received.some((line) => line.startsWith('service 1'))).toBe(true), 15_000);
  });

  it('listens, and says so in its health, while Kafka is away', async () => {
    await start(['127.0.0.1:1']);
    const { status, dependencies } = readiness();
    expect(status).toBe('starting');
    expect(dependencies['dynamodb']).toEqual({ state: 'up' });
    await vi.waitFor(() => {
      const states = Object.entries(readiness().dependencies);
      const kafka = states.filter(([name]) => name.startsWith('kafka')).map(([, { state }]) => state);
      expect(kafka).toEqual(['down', 'down', 'down']);
    }, 15_000);
  });
});

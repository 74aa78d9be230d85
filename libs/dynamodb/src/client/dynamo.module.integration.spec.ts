import { Logger, Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { HealthRegistry, serviceConfig, ServiceModule } from '@registrar/service';
import { idleEnvironment } from '@registrar/testing';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createTables } from '../tables/create-tables.ts';
import { defineTables } from '../tables/define-tables.ts';
import { dropTables } from '../tables/drop-tables.ts';
import { createDynamoClient } from './create-client.ts';
import { DynamoModule } from './dynamo.module.ts';
import { Dynamo } from './dynamo.service.ts';

Logger.overrideLogger(false);

const prefix = `t${randomUUID().slice(0, 8)}_`;
const endpoint = process.env['DYNAMODB_ENDPOINT'] ?? 'http://127.0.0.1:8000';
const key = { name: 'id', type: 'S' };
const tables = {
  tables: [
    { name: 'one', partitionKey: key },
    { name: 'two', partitionKey: key },
  ],
};
const { definitions } = defineTables('starts', prefix, tables);
const client = createDynamoClient({ endpoint, region: 'us-east-1', tablePrefix: prefix });
const running: INestApplicationContext[] = [];

async function start(address: string): Promise<INestApplicationContext> {
  const config = serviceConfig.parse({
    ...idleEnvironment,
    KAFKA_BROKERS: '127.0.0.1:9092',
    TABLE_PREFIX: prefix,
    DYNAMODB_ENDPOINT: address,
  });
  @Module({
    imports: [
      ServiceModule.forRoot('starts', config),
      DynamoModule.forRoot({ service: 'starts', tables, config, limits: { maxAttempts: 2 } }),
    ],
  })
  class App {}
  const app = await NestFactory.createApplicationContext(App, { abortOnError: false });
  running.push(app);
  return app;
}

const health = (app: INestApplicationContext) => app.get(HealthRegistry).readiness().dependencies;

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.close()));
});

afterAll(async () => {
  await dropTables(client, definitions);
  client.destroy();
});

describe('the start of a service', () => {
  it('ends with the names of all tables that are missing', async () => {
    await expect(start(endpoint)).rejects.toThrow(`DynamoDB lacks: ${prefix}starts_one, ${prefix}starts_two`);
  });

  it('goes on where they are there, and says that the store is up', async () => {
    await createTables(client, definitions);
    const app = await start(endpoint);
    expect(app.get(Dynamo).tables.name('one')).toBe(`${prefix}starts_one`);
    expect(health(app)).toEqual({ dynamodb: { state: 'up' } });
  });

  it('goes on while the store is away, and says that it is down', async () => {
    const app = await start('http://127.0.0.1:1');
    expect(health(app)).toMatchObject({ dynamodb: { state: 'down' } });
  });
});

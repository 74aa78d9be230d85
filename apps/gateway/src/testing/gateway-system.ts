import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topics as courseTopics } from '@registrar/contracts-courses';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import { topics as gatewayTopics } from '@registrar/contracts-gateway';
import { createDynamoClient, createTables, defineTables } from '@registrar/dynamodb';
import { createTopics } from '@registrar/messaging';
import { createService, loadConfig } from '@registrar/service';
import { stackBrokers, stackEnvironment, stackVariable } from '@registrar/testing';
import { gatewayConfig } from '../config/gateway-config.ts';
import { tables } from '../gateway.module.ts';
import { gateway } from '../gateway.ts';
import { RunningGateway } from './running-gateway.ts';
import { StubService } from './stub-service.ts';

/** The first admin of every system under test. */
export const admin = { email: 'admin@registrar.example', password: 'registrar-demo-2026' } as const;

/**
 * Tables, topics, keys and stub services for the gateways of one test file, on the stack that the environment
 * names and apart from everybody else's.
 */
export class GatewaySystem {
  readonly courses = new StubService();
  readonly enrollments = new StubService();
  readonly notifications = new StubService();
  readonly prefix = `g${randomUUID().slice(0, 8)}_`;
  private readonly folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  private readonly running: RunningGateway[] = [];

  /** Where the signing keys are. */
  get keysFile(): string {
    return join(this.folder, 'keys.json');
  }

  /** The variables of a gateway of this system. */
  get env(): Record<string, string> {
    return {
      ...stackEnvironment(this.prefix),
      NODE_ENV: 'development',
      LOG_LEVEL: 'silent',
      SIGNING_KEYS_FILE: this.keysFile,
      COURSES_URL: this.courses.url,
      ENROLLMENTS_URL: this.enrollments.url,
      NOTIFICATIONS_URL: this.notifications.url,
      BOOTSTRAP_ADMIN_EMAIL: admin.email,
      BOOTSTRAP_ADMIN_PASSWORD: admin.password,
    };
  }

  /** Makes everything that a gateway needs. */
  async prepare(): Promise<this> {
    const definitions = defineTables('gateway', this.prefix, tables).definitions;
    const endpoint = stackVariable('DYNAMODB_ENDPOINT');
    const client = createDynamoClient({
      endpoint,
      region: 'us-east-1',
      tablePrefix: this.prefix,
      // On a busy machine.
      connectionTimeoutMs: 10_000,
    });
    const topics = [...gatewayTopics, ...courseTopics, ...enrollmentTopics];
    await Promise.all([
      createTables(client, definitions),
      createTopics(stackBrokers(), this.prefix, topics),
      ...[this.courses, this.enrollments, this.notifications].map((stub) => stub.start()),
    ]);
    client.destroy();
    return this;
  }

  /** Makes everything and starts two gateways with the same variables of their own. */
  async startTwo(own: Record<string, string> = {}): Promise<[RunningGateway, RunningGateway]> {
    await this.prepare();
    return [await this.start(own), await this.start(own)];
  }

  /** Another gateway of the system, with some variables of its own. */
  async start(own: Record<string, string> = {}): Promise<RunningGateway> {
    const config = loadConfig(gatewayConfig, { INSTANCE_ID: `test-${randomUUID()}`, ...this.env, ...own });
    const app = await createService(gateway, config);
    await app.listen(0, '127.0.0.1');
    const running = new RunningGateway(app);
    this.running.push(running);
    return running;
  }

  /** Stops all of it. */
  async close(): Promise<void> {
    await Promise.all(this.running.map(({ app }) => app.close()));
    await Promise.all([this.courses, this.enrollments, this.notifications].map((stub) => stub.stop()));
    rmSync(this.folder, { recursive: true });
  }
}

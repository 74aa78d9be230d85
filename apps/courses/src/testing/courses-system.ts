import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { topics as courseTopics } from '@registrar/contracts-courses';
import type { Course, CreateCourseRequest } from '@registrar/contracts-courses';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import { topics as gatewayTopics } from '@registrar/contracts-gateway';
import { createDynamo, createDynamoClient, createTables } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { connectConsumers, createKafka, createTopics, EventProducer } from '@registrar/messaging';
import { createService, loadConfig } from '@registrar/service';
import {
  DynamoFaultProxy,
  TestIssuer,
  stackBrokers,
  stackEnvironment,
  stackVariable,
  until,
} from '@registrar/testing';
import { request } from 'undici';
import { coursesConfig } from '../courses.config.ts';
import { CoursesModule, tables } from '../courses.module.ts';
import { EnrollmentsDouble } from './enrollments-double.ts';
import { semesterBody } from './semesters.ts';

/** An answer as a test looks at it. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: T;
}

/** What a test asks. */
export interface Call {
  as?: 'registrar' | 'instructor' | 'student' | 'admin';
  /** Instead of the role's own name. */
  id?: string;
  body?: unknown;
  headers?: Record<string, string>;
  instance?: number;
}

/**
 * Instances of the courses service in this process, on tables, topics and cache keys of their own, over the stack
 * that the environment names; enrollments is a double, DynamoDB stands behind a proxy that can fail.
 */
export class CoursesSystem {
  readonly enrollments = new EnrollmentsDouble();
  readonly issuer = new TestIssuer();
  readonly prefix = `t${randomUUID().slice(0, 8)}_`;
  readonly dynamo: Dynamo;
  readonly producer: EventProducer;
  private readonly apps: NestFastifyApplication[] = [];
  private readonly urls: string[] = [];

  private constructor(readonly store: DynamoFaultProxy) {
    const config = { DYNAMODB_ENDPOINT: stackVariable('DYNAMODB_ENDPOINT'), AWS_REGION: 'us-east-1' };
    this.dynamo = createDynamo({
      service: 'courses',
      tables,
      config: { ...config, TABLE_PREFIX: this.prefix },
    });
    this.producer = new EventProducer(createKafka({ brokers: stackBrokers(), clientId: 'test-producer' }));
  }

  /** @param environment variables beside the usual ones, or instead of them */
  static async start(instances = 1, environment: Record<string, string> = {}): Promise<CoursesSystem> {
    const endpoint = stackVariable('DYNAMODB_ENDPOINT');
    const system = new CoursesSystem(await DynamoFaultProxy.start(endpoint));
    const client = createDynamoClient({ endpoint, region: 'us-east-1', tablePrefix: system.prefix });
    await Promise.all([
      createTables(client, system.dynamo.tables.definitions),
      createTopics(stackBrokers(), system.prefix, [...courseTopics, ...enrollmentTopics, ...gatewayTopics]),
      system.enrollments.start(),
    ]);
    client.destroy();
    for (let index = 0; index < instances; index += 1) await system.startInstance(environment);
    return system;
  }

  /** Two ready instances with a current semester and departments. */
  static async startFurnished(): Promise<CoursesSystem> {
    const system = await CoursesSystem.start(2);
    await system.furnish();
    await Promise.all([system.ready(0), system.ready(1)]);
    return system;
  }

  /** Starts one more instance; gives its number. */
  async startInstance(environment: Record<string, string> = {}): Promise<number> {
    const config = loadConfig(coursesConfig, {
      ...stackEnvironment(this.prefix),
      INSTANCE_ID: `${this.prefix}${this.apps.length}`,
      DYNAMODB_ENDPOINT: this.store.url,
      ENROLLMENTS_URL: this.enrollments.url,
      GATEWAY_URL: 'http://127.0.0.1:9',
      ...environment,
    });
    const app = await createService(
      {
        name: 'courses',
        config: coursesConfig,
        module: (values) => CoursesModule.forRoot(values, this.issuer.keySource),
        prepare: connectConsumers,
      },
      config,
    );
    await app.listen(0, '127.0.0.1');
    this.apps.push(app);
    this.urls.push(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`);
    return this.apps.length - 1;
  }

  async stop(): Promise<void> {
    await Promise.all(this.apps.map((app) => app.close()));
    await this.enrollments.stop();
    await this.producer.close();
    await this.store.close();
    this.dynamo.close();
  }

  /** Ends one instance as a shutdown does. */
  async end(instance: number): Promise<void> {
    await this.apps[instance]?.close();
    this.apps.splice(instance, 1);
    this.urls.splice(instance, 1);
  }

  /** The address of an instance. */
  url(instance = 0): string {
    return this.urls[instance] ?? '';
  }

  /** One provider of an instance. */
  get<T>(type: abstract new (...parts: never[]) => T, instance = 0): T {
    const app = this.apps[instance];
    if (!app) throw new Error(`There is no instance ${instance}.`);
    return app.get<T>(type as never, { strict: false });
  }

  /** Waits until an instance says that it is ready. */
  ready(instance = 0): Promise<void> {
    return until(async () => (await this.call('GET /health/ready', { instance })).body['status'] === 'ready');
  }

  /** Asks an instance; `route` is `<method> <path>`. */
  async call<T = Record<string, unknown>>(route: string, call: Call = {}): Promise<Answer<T>> {
    const [method = 'GET', path = '/'] = route.split(' ');
    const { as, id = `usr_${as}`, body, instance = 0 } = call;
    const answer = await request(`${this.urls[instance]}${path}`, {
      method: method as 'GET',
      headers: {
        ...(as ? this.issuer.bearer({ id, roles: [as] }) : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...call.headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (text === '' ? {} : JSON.parse(text)) as T,
    };
  }

  /** A current semester `2026-fall`, and departments of these ids. */
  async furnish(departments: readonly string[] = ['CS', 'MATH']): Promise<void> {
    await this.call('PUT /api/semesters/2026-fall', { as: 'registrar', body: semesterBody });
    for (const id of departments) {
      await this.call(`PUT /api/departments/${id}`, { as: 'registrar', body: { name: `Department ${id}` } });
    }
  }

  /** A course that was created; fails where it was refused. A busy machine is asked again, with the same key. */
  async create(fields: Partial<CreateCourseRequest> = {}, instance = 0): Promise<Course> {
    const headers = { 'idempotency-key': randomUUID() };
    const call = { as: 'registrar', body: courseBody(fields), headers, instance } as const;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.call<Course>('POST /api/courses', call);
      if (answer.status === 201) return answer.body;
      if (answer.status < 500 || attempt === 5)
        throw new Error(`not created: ${JSON.stringify(answer.body)}`);
    }
  }
}

/** What a registrar sends for a course. */
export function courseBody(fields: Partial<CreateCourseRequest> = {}): Record<string, unknown> {
  return {
    semesterId: '2026-fall',
    departmentId: 'CS',
    code: 'CS-101',
    title: 'Introduction to Programming',
    credits: 3,
    capacity: 30,
    ...fields,
  };
}

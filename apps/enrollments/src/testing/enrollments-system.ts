import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ServiceTokens } from '@registrar/auth';
import { topics as courseTopics } from '@registrar/contracts-courses';
import { topics as enrollmentTopics } from '@registrar/contracts-enrollments';
import type { Enrollment, OfferingUpdate, SemesterUpdate } from '@registrar/contracts-enrollments';
import { topics as gatewayTopics } from '@registrar/contracts-gateway';
import { createDynamo, createDynamoClient, createTables, dropTables } from '@registrar/dynamodb';
import type { Dynamo } from '@registrar/dynamodb';
import { connectConsumers, createTopics } from '@registrar/messaging';
import { createService, loadConfig, newId } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { HttpDouble, TestIssuer, stackBrokers, stackEnvironment, stackVariable } from '@registrar/testing';
import { request } from 'undici';
import tables from '../../tables.json' with { type: 'json' };
import { enrollmentsConfig } from '../enrollments.config.ts';
import type { EnrollmentsConfig } from '../enrollments.config.ts';
import { EnrollmentsModule } from '../enrollments.module.ts';

/** An answer as a test looks at it. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: T;
}

/** What may be unusual about an instance. */
export type Environment = Record<string, string>;

/** Enrollments instances in this process on tables and topics of their own, over the stack that the environment names. */
export class EnrollmentsSystem {
  private readonly apps: NestFastifyApplication[] = [];
  private readonly gateway = new HttpDouble((request, response) => this.answerAsGateway(request, response));
  private readonly service: ServiceTokens;
  readonly issuer = new TestIssuer();
  readonly prefix = `t${randomUUID().slice(0, 8)}_`;
  readonly dynamo: Dynamo;
  readonly urls: string[] = [];
  /** Users that the gateway's internal API returns, by id. */
  readonly users = new Map<string, object>();
  /** Paths under which the gateway was told that a person is erased. */
  readonly erasures: string[] = [];

  private constructor() {
    const config = {
      DYNAMODB_ENDPOINT: stackVariable('DYNAMODB_ENDPOINT'),
      AWS_REGION: 'us-east-1',
      TABLE_PREFIX: this.prefix,
    };
    this.dynamo = createDynamo({ service: 'enrollments', tables, config });
    this.service = new ServiceTokens(stackEnvironment(this.prefix) as unknown as ServiceConfig, 'courses');
  }

  static async start(instances = 1, environment: Environment = {}): Promise<EnrollmentsSystem> {
    const system = new EnrollmentsSystem();
    const client = tableClient(system.prefix);
    const topics = [...enrollmentTopics, ...courseTopics, ...gatewayTopics];
    await Promise.all([
      createTables(client, system.dynamo.tables.definitions),
      createTopics(stackBrokers(), system.prefix, topics),
    ]);
    client.destroy();
    await system.gateway.start();
    for (let index = 0; index < instances; index += 1) await system.startInstance(environment);
    return system;
  }

  /** Starts one more instance; gives its number. */
  async startInstance(environment: Environment = {}): Promise<number> {
    const config = loadConfig(enrollmentsConfig, {
      ...stackEnvironment(this.prefix),
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
      INSTANCE_ID: `${this.prefix}${this.apps.length}`,
      JWKS_URL: `${this.gateway.url}/jwks`,
      GATEWAY_URL: this.gateway.url,
      ...environment,
    });
    const definition = {
      name: 'enrollments',
      config: enrollmentsConfig,
      module: (values: EnrollmentsConfig) => EnrollmentsModule.forRoot(values),
      prepare: connectConsumers,
    };
    const app = await createService(definition, config);
    await app.listen(0, '127.0.0.1');
    this.apps.push(app);
    this.urls.push(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`);
    return this.urls.length - 1;
  }

  async stop(): Promise<void> {
    await Promise.all(this.apps.map((app) => app.close()));
    await this.gateway.stop();
    const client = tableClient(this.prefix);
    await dropTables(client, this.dynamo.tables.definitions);
    client.destroy();
    this.dynamo.close();
  }

  /** One provider of an instance, to look at or to break. */
  get<T>(type: abstract new (...parts: never[]) => T, instance = 0): T {
    const app = this.apps[instance];
    if (!app) throw new Error(`There is no instance ${instance}.`);
    return app.get<T>(type as never, { strict: false });
  }

  /** A student's request; `key` makes it idempotent. */
  async sendRequest<T = Record<string, unknown>>(call: Call): Promise<Answer<T>> {
    const { user, roles = ['student'], method = 'GET', path, body, key, instance = 0, headers = {} } = call;
    const answer = await request(`${this.urls[instance] ?? ''}${path}`, {
      method,
      headers: {
        ...(user === undefined ? {} : this.issuer.bearer({ id: user, roles })),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.body.text();
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (text === '' ? {} : JSON.parse(text)) as T,
    };
  }

  /** `POST /api/enrollments` with a new key. */
  enroll(
    user: string,
    courseId: string,
    more: Partial<Call> & { sendRequest?: object } = {},
  ): Promise<Answer<Enrollment & { code: string }>> {
    const { sendRequest: asked, ...call } = more;
    return this.sendRequest({
      user,
      method: 'POST',
      path: '/api/enrollments',
      key: randomUUID(),
      body: { courseId, ...asked },
      ...call,
    });
  }

  /** `DELETE /api/enrollments/:id`. */
  drop(user: string, id: string, more: Partial<Call> = {}): Promise<Answer<Enrollment & { code: string }>> {
    return this.sendRequest({ user, method: 'DELETE', path: `/api/enrollments/${id}`, ...more });
  }

  /** A call of the internal API, as the courses service makes it. */
  async internal(method: 'PUT' | 'POST', path: string, body: object, instance = 0): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${this.service.for('enrollments')}`,
      'content-type': 'application/json',
    };
    const answer = await request(`${this.urls[instance] ?? ''}/internal/${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (await answer.body.json()) as Record<string, unknown>,
    };
  }

  /** A semester open now, as the courses service would announce it. */
  async semester(id: string, change: Partial<SemesterUpdate> = {}): Promise<string> {
    await this.internal('PUT', `semesters/${id}`, { ...openSemester, ...change });
    return id;
  }

  /** An open course, as the courses service would announce it; gives its id. */
  async course(change: Partial<OfferingUpdate> & { id?: string } = {}): Promise<string> {
    const { id = newId('crs'), ...update } = change;
    const answer = await this.internal('PUT', `offerings/${id}`, {
      ...plainCourse,
      code: `C-${id.slice(-6)}`,
      ...update,
    });
    if (answer.status !== 200)
      throw Object.assign(new Error(`The course was refused: ${answer.status}`), { answer });
    return id;
  }

  /** Adds a user to the gateway, as if registered a moment ago; gives the id. */
  person(more: { id?: string; email?: string; name?: string; externalId?: string } = {}): string {
    const { id = newId('usr') } = more;
    const known = { email: `${id.slice(4)}@registrar.example`, name: 'Ada Moss', roles: ['student'] };
    this.users.set(id, { ...known, createdAt: new Date().toISOString(), version: 1, ...more, id });
    return id;
  }

  private answerAsGateway({ url = '' }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, 'http://gateway');
    if (pathname.startsWith('/internal/erasures/')) {
      this.erasures.push(pathname);
      return void response.writeHead(204).end();
    }
    const [[key, value] = []] = searchParams;
    const user =
      key === undefined
        ? this.users.get(pathname.split('/').at(-1) ?? '')
        : [...this.users.values()].find((each) => Reflect.get(each, key) === value);
    const found = pathname === '/jwks' ? this.issuer.jwks() : user;
    response.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? { code: 'user_not_found' }));
  }
}

/** A request of a test. */
export interface Call {
  user?: string;
  roles?: ('student' | 'instructor' | 'registrar' | 'admin')[];
  method?: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  path: string;
  body?: object | string;
  key?: string;
  /** Which instance is asked. */
  instance?: number;
  headers?: Record<string, string>;
}

/** A registrar as caller. */
export const registrar = { user: 'usr_registrar', roles: ['registrar' as const] };

const day = 86_400_000;
const from = (days: number) => new Date(Date.now() + days * day).toISOString();

/** Windows around now. */
export const openSemester: SemesterUpdate = {
  enrollmentOpensAt: from(-10),
  enrollmentClosesAt: from(10),
  dropDeadlineAt: from(20),
  withdrawDeadlineAt: from(40),
  creditLimit: 18,
  version: 1,
};

/** An open course of three credits, without meetings. */
export const plainCourse: OfferingUpdate = {
  semesterId: 'fall',
  departmentId: 'MATH',
  code: 'MATH-101',
  section: '1',
  title: 'Linear algebra',
  credits: 3,
  instructorIds: [],
  capacity: 30,
  waitlistCapacity: 0,
  meetings: [],
  prerequisites: [],
  status: 'open',
  version: 1,
  actorId: 'usr_registrar',
};

function tableClient(tablePrefix: string) {
  const endpoint = stackVariable('DYNAMODB_ENDPOINT');
  return createDynamoClient({ endpoint, region: 'us-east-1', tablePrefix });
}

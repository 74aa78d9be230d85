import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ServiceTokens } from '@registrar/auth';
import type { Session } from '@registrar/contracts-gateway';
import { CONFIG } from '@registrar/service';
import type { ServiceConfig } from '@registrar/service';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { until } from '@registrar/testing';

/** What is sent to a gateway under test. */
interface TestRequest {
  token?: string | undefined;
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
}

/** What it answered. */
export interface TestAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The body as JSON; undefined where it is none. */
  json: Record<string, unknown> | undefined;
}

/** A password that registers. */
export const goodPassword = 'correct horse battery';

/** A gateway that listens, in the process of the test. */
export class RunningGateway {
  constructor(readonly app: NestFastifyApplication) {}

  get port(): number {
    return ((this.app.getHttpServer() as Server).address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Waits until it says that it is ready: what it needs was up once, its consumers of events too. */
  ready(): Promise<void> {
    return until(async () => (await this.get('/health/ready')).json?.['status'] === 'ready', 20_000);
  }

  async call(method: string, path: string, { token, body, headers }: TestRequest = {}): Promise<TestAnswer> {
    const answer = await request(this.url + path, {
      method: method as 'GET',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return readAnswer(answer);
  }

  get(path: string, token?: string, headers: Record<string, string> = {}): Promise<TestAnswer> {
    return this.call('GET', path, { token, headers });
  }

  post(path: string, body: unknown, token?: string): Promise<TestAnswer> {
    return this.call('POST', path, { token, body });
  }

  /** Sends a CSV file. */
  async sendFile(path: string, text: string | Uint8Array, token?: string, key?: string): Promise<TestAnswer> {
    const answer = await request(this.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body: text,
      headersTimeout: 300_000,
      bodyTimeout: 300_000,
    });
    return readAnswer(answer);
  }

  /** The token with which `service` calls the gateway. */
  serviceToken(service: string): string {
    const config = this.app.get<ServiceConfig>(CONFIG, { strict: false });
    return new ServiceTokens(config, service).for('gateway');
  }

  /** A new student, signed in. */
  async register(email: string, password = goodPassword): Promise<Session> {
    const answer = await this.post('/api/auth/register', { email, password, name: 'Test Student' });
    if (answer.status !== 201) throw new Error(`registering answered ${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text) as Session;
  }

  /** A session by mail and password. */
  async signIn(email: string, password = goodPassword): Promise<Session> {
    const answer = await this.post('/api/auth/login', { email, password });
    if (answer.status !== 200) throw new Error(`signing in answered ${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text) as Session;
  }
}

async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<TestAnswer> {
  const text = await body.text();
  const isJson = String(headers['content-type']).includes('json') && text !== '';
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : undefined;
  return { status: statusCode, headers, text, json };
}

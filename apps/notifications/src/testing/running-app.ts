import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InboxPage, Notification } from '@registrar/contracts-notifications';
import { connectConsumers } from '@registrar/messaging';
import { applyHttpDefaults, httpAdapter } from '@registrar/service';
import { Registry } from 'prom-client';
import { NotificationsModule } from '../notifications.module.ts';
import type { TestSurroundings } from './test-surroundings.ts';

/** An answer, its body read as JSON where there is one. */
export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

/** An instance of the service in this process, over real parts. */
export class RunningApp {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly url: string,
    private readonly around: TestSurroundings,
  ) {}

  static async start(around: TestSurroundings, changes: Record<string, string> = {}): Promise<RunningApp> {
    const config = around.config(changes);
    const module = NotificationsModule.forRoot(config, { keySource: around.issuer.keySource });
    const app = await NestFactory.create<NestFastifyApplication>(module, httpAdapter(), {
      logger: process.env['TEST_LOGS'] ? ['error', 'warn', 'log'] : false,
      bodyParser: false,
      abortOnError: false,
    });
    applyHttpDefaults(app, new Registry());
    await connectConsumers(app);
    await app.listen(0, '127.0.0.1');
    return new RunningApp(app, await app.getUrl(), around);
  }

  async call<T>(
    userId: string,
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/api/notifications${path}`, {
      method,
      headers: {
        ...this.around.issuer.bearer({ id: userId }),
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: options.body === undefined ? null : JSON.stringify(options.body),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as T,
    };
  }

  /** One's own notifications. */
  async inbox(userId: string, query = ''): Promise<InboxPage> {
    return (await this.call<InboxPage>(userId, 'GET', `/me${query}`)).body;
  }

  /** The newest notification, or undefined. */
  async newest(userId: string): Promise<Notification | undefined> {
    return (await this.inbox(userId)).items[0];
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';

/** An answer of the gateway. */
export interface Answer<T> {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: T;
}

/** What a session gives. */
export interface Session {
  user: { id: string; email: string; name: string; roles: string[] };
  accessToken: string;
  refreshToken: string;
}

/** A request beside its path. */
export interface Options {
  body?: object;
  /** Sent as `Idempotency-Key`. */
  key?: string;
  headers?: Record<string, string>;
}

/** The password of everybody whom a test registers. */
export const password = 'a-long-enough-passphrase';

/** Talks to a gateway as a client would: over HTTP, with a token once signed in. */
export class Client {
  private constructor(
    readonly url: string,
    private readonly session?: Session,
  ) {}

  /** Somebody who has not signed in. */
  static anonymous(url: string): Client {
    return new Client(url);
  }

  /** A student who registers now. */
  static async newStudent(url: string, name = 'Student of the test'): Promise<Client> {
    const email = `${randomUUID()}@students.registrar.example`;
    const answer = await new Client(url).send<Session>('POST', '/api/auth/register', {
      body: { email, password, name },
    });
    return new Client(url, expectStatus(answer, 201));
  }

  /** Somebody who signs in. */
  static async signedIn(url: string, email: string, secret = password): Promise<Client> {
    const answer = await new Client(url).send<Session>('POST', '/api/auth/login', {
      body: { email, password: secret },
    });
    return new Client(url, expectStatus(answer, 200));
  }

  /** The same person at another gateway instance. */
  at(url: string): Client {
    return this.session ? new Client(url, this.session) : new Client(url);
  }

  get user(): Session['user'] {
    if (!this.session) throw new Error('nobody has signed in');
    return this.session.user;
  }

  get<T>(path: string, options?: Options): Promise<Answer<T>> {
    return this.send<T>('GET', path, options);
  }

  post<T>(path: string, body: object, options: Options = {}): Promise<Answer<T>> {
    return this.send<T>('POST', path, { key: randomUUID(), ...options, body });
  }

  /** `post`, repeated under the same key while the answer is 503: what a client does on a busy day. */
  async insist<T>(path: string, body: object, key: string = randomUUID()): Promise<Answer<T>> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const answer = await this.post<T>(path, body, { key });
      if (answer.status !== 503 || Date.now() > deadline) return answer;
      await delay(Number(answer.headers['retry-after'] ?? 1) * 1_000 * Math.random());
    }
  }

  async send<T>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    options: Options = {},
  ): Promise<Answer<T>> {
    const { body, key, headers = {} } = options;
    const answer = await request(`${this.url}${path}`, {
      method,
      headers: {
        ...(this.session && { authorization: `Bearer ${this.session.accessToken}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...headers,
      },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await answer.body.text();
    const isJson = String(answer.headers['content-type']).includes('json');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (isJson ? JSON.parse(text) : text) as T,
    };
  }
}

/** The body of an answer that must have a status. */
export function expectStatus<T>({ status, body }: Answer<T>, expected: number): T {
  if (status !== expected) throw new Error(`expected ${expected}, got ${status}: ${JSON.stringify(body)}`);
  return body;
}

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { courseRoutes } from '@registrar/contracts-courses';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import type { Enrollment } from '@registrar/contracts-enrollments';
import { documentRoutes, gatewayRoutes } from '@registrar/contracts-gateway';
import type { Session, SignedInUser } from '@registrar/contracts-gateway';
import { createClient } from '@registrar/contracts-http';
import type { Answer, AskOf, Client as ClientOf, RawAnswer, SentRequest } from '@registrar/contracts-http';
import { notificationRoutes } from '@registrar/contracts-notifications';
import { request } from 'undici';

type EnrollAsk = AskOf<typeof enrollmentRoutes.enroll>;

const routes = {
  ...courseRoutes,
  ...documentRoutes,
  ...enrollmentRoutes,
  ...gatewayRoutes,
  ...notificationRoutes,
};

/** The password of everybody whom a test registers. */
export const password = 'a-long-enough-passphrase';

/** Talks to a gateway as a client would: over HTTP, with a token once signed in. */
export class Client {
  readonly api: ClientOf<typeof routes>;

  private constructor(
    readonly url: string,
    private readonly session?: Session,
  ) {
    this.api = createClient(routes, (asked) => this.send(asked));
  }

  /** Somebody who has not signed in. */
  static anonymous(url: string): Client {
    return new Client(url);
  }

  /** A student who registers now. */
  static newStudent(url: string, name = 'Student of the test'): Promise<Client> {
    return Client.registered(url, { name, email: `${randomUUID()}@students.registrar.example` });
  }

  /** A student who registers now with this mail. */
  static async registered(url: string, { email, name }: { email: string; name: string }): Promise<Client> {
    const answer = await new Client(url).api.register({ body: { email, password, name } });
    return new Client(url, expectStatus(answer, 201));
  }

  /** Somebody who signs in. */
  static async signedIn(url: string, email: string, secret = password): Promise<Client> {
    const answer = await new Client(url).api.login({ body: { email, password: secret } });
    return new Client(url, expectStatus(answer, 200));
  }

  /** The same person at another gateway instance. */
  at(url: string): Client {
    return this.session ? new Client(url, this.session) : new Client(url);
  }

  get user(): SignedInUser {
    if (!this.session) throw new Error('nobody has signed in');
    return this.session.user;
  }

  /** Asks for a seat, under a key of its own unless told otherwise. */
  enroll(body: EnrollAsk['body'], ask: Partial<EnrollAsk> = {}): Promise<Answer<Enrollment>> {
    return this.api.enroll({ key: randomUUID(), ...ask, body });
  }

  /**
   * `enroll`, repeated under the same key while the server is busy (503) or still at work on that key (409
   * `request_in_progress`): what a client does on a busy day.
   */
  async insist(body: EnrollAsk['body'], key: string = randomUUID()): Promise<Answer<Enrollment>> {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const answer = await this.enroll(body, { key });
      const isUndecided =
        answer.status === 503 || (!answer.ok && answer.problem.code === 'request_in_progress');
      if (!isUndecided || Date.now() > deadline) return answer;
      await delay(Number(answer.headers['retry-after'] ?? 1) * 1_000 * Math.random());
    }
  }

  /** A file, its bytes as Latin-1. */
  async download(target: string): Promise<RawAnswer> {
    const authorization = `Bearer ${this.session?.accessToken ?? ''}`;
    const answer = await request(`${this.url}${target}`, { headers: { authorization } });
    const text = Buffer.from(await answer.body.arrayBuffer()).toString('latin1');
    return { status: answer.statusCode, headers: answer.headers, text };
  }

  private async send({ method, target, headers, body }: SentRequest): Promise<RawAnswer> {
    const own = this.session && { authorization: `Bearer ${this.session.accessToken}` };
    const answer = await request(`${this.url}${target}`, {
      method,
      headers: { ...own, ...headers },
      body: body ?? null,
    });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  }
}

/** The body of an answer that must have a status. */
export function expectStatus<Body>(answer: Answer<Body>, expected: number): Body {
  if (answer.ok && answer.status === expected) return answer.body;
  const body = answer.ok ? answer.body : answer.problem;
  throw new Error(`expected ${expected}, got ${answer.status}: ${JSON.stringify(body)}`);
}

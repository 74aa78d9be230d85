import { Agent, request } from 'undici';
import type { AnswerBody } from './journal.ts';

/** A request as it is sent. */
export interface Call {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly token: string;
  readonly body?: object;
  readonly key?: string | undefined;
  readonly ifMatch?: number | undefined;
}

/** What came back; status 0 where nothing did. */
export interface Answer<Body = AnswerBody> {
  readonly status: number;
  readonly replayed: boolean;
  readonly body: Body;
}

/** Longer than the system may take to say that it cannot, ms. */
const patienceMs = 12_000;

/** Sends requests as any client would; an answer that does not come is one with status 0. */
export class Client {
  private readonly agent = new Agent({
    connections: 64,
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
    connect: { timeout: 2_000 },
  });

  async send<Body = AnswerBody>({ url, method, token, body, key, ifMatch }: Call): Promise<Answer<Body>> {
    try {
      const answer = await request(url, {
        dispatcher: this.agent,
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key }),
          ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
        },
        body: body ? JSON.stringify(body) : null,
      });
      const text = await answer.body.text();
      return {
        status: answer.statusCode,
        replayed: answer.headers['idempotency-replayed'] === 'true',
        body: JSON.parse(text) as Body,
      };
    } catch (error) {
      if (error instanceof SyntaxError) throw error;
      return { status: 0, replayed: false, body: {} as Body };
    }
  }

  async close(): Promise<void> {
    await this.agent.close();
  }
}

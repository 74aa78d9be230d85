import { courseRoutes } from '@registrar/contracts-courses';
import { enrollmentRoutes } from '@registrar/contracts-enrollments';
import { createClient } from '@registrar/contracts-http';
import type { Client as ClientOf, RawAnswer, SentRequest } from '@registrar/contracts-http';
import { Agent, request } from 'undici';

const routes = { ...courseRoutes, ...enrollmentRoutes };

/** The API at one address; an answer that does not come is one with status 0. */
export type Api = ClientOf<typeof routes>;

/** Longer than the system may take to say that it cannot, ms. */
const timeoutMs = 12_000;

/** Sends requests as any client would, over kept connections. */
export class Client {
  private readonly agent = new Agent({
    connections: 64,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: 2_000 },
  });

  /** The API at `url`. */
  at(url: string): Api {
    return createClient(routes, (asked) => this.send(url, asked));
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private async send(url: string, asked: SentRequest): Promise<RawAnswer> {
    const { method, target, headers, body = null } = asked;
    // Whatever comes is read as JSON: an answer that is none ends the run.
    const json = { 'content-type': 'application/json' };
    try {
      const answer = await request(`${url}${target}`, { dispatcher: this.agent, method, headers, body });
      const text = await answer.body.text();
      return { status: answer.statusCode, headers: { ...answer.headers, ...json }, text };
    } catch {
      return { status: 0, headers: {}, text: '' };
    }
  }
}

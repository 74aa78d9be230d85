import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { ApiFault } from '../faults.ts';
import { problem, session } from './answers.ts';
import type { Credentials } from './credentials.ts';

/** A request of the API; each may be sent again, so one that changes something carries a key or a condition. */
export interface ApiCall {
  method?: 'GET' | 'POST' | 'PATCH';
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** Time for the whole answer, ms. */
  timeoutMs?: number;
}

const defaultTimeoutMs = 30_000;
const maxTries = 7;
const firstPauseMs = 200;
const longestPauseMs = 10_000;
/** Answers after which the same request is sent again: over a limit, busy, or something behind is away. */
const passing = new Set([429, 502, 503, 504]);
const isPassing = ({ status, code }: ApiFault) =>
  (passing.has(status) && code !== 'too_many_attempts') || code === 'request_in_progress';

/**
 * The API of a running system, by HTTP.
 *
 * Waits and tries again where the system is busy or unreachable for a moment, about 20 s in all.
 * Failure: ApiFault with what the server said.
 */
export class RegistrarApi {
  private readonly url: string;
  private readonly credentials: Credentials;
  private readonly pauseMs: number;
  private token: Promise<string> | undefined;

  /** @param pauseMs the first pause before a request is sent again */
  constructor(url: string, credentials: Credentials, pauseMs = firstPauseMs) {
    this.url = url.replace(/\/+$/, '');
    this.credentials = credentials;
    this.pauseMs = pauseMs;
  }

  /** The JSON of an answer. */
  async json<T>(schema: z.ZodType<T>, call: ApiCall): Promise<T> {
    return (await this.withHeaders(schema, call)).body;
  }

  /** The JSON of an answer and its headers. */
  async withHeaders<T>(schema: z.ZodType<T>, call: ApiCall): Promise<{ body: T; headers: Headers }> {
    return this.use(call, async (answer) => {
      const parsed = schema.safeParse(await answer.json());
      if (!parsed.success)
        throw new ApiFault(answer.status, 'unknown_answer', `${call.path}: not the answer of this API.`);
      return { body: parsed.data, headers: answer.headers };
    });
  }

  /** Sends a call and has `read` take its answer; both again where either breaks off. */
  async use<T>(call: ApiCall, read: (answer: Response) => Promise<T>): Promise<T> {
    let mayExpire = 'password' in this.credentials;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.send(call, await this.accessToken());
        if (answer.ok) return await read(answer);
        const fault = await faultOf(answer);
        if (fault.status === 401 && mayExpire) {
          mayExpire = false;
          this.token = undefined;
          continue;
        }
        if (!isPassing(fault) || attempt === maxTries) throw fault;
        await this.pause(attempt, answer.headers.get('retry-after'));
      } catch (error) {
        if (error instanceof ApiFault || isOfDisk(error)) throw error;
        if (attempt === maxTries) throw unreachable(this.url, error);
        await this.pause(attempt, null);
      }
    }
  }

  /** Every item of a paged list. */
  async *items<Item>(
    page: z.ZodType<{ items: Item[]; nextCursor: string | null }>,
    path: string,
    query: Record<string, string>,
  ): AsyncGenerator<Item> {
    const parameters = new URLSearchParams({ ...query, limit: '100' });
    for (;;) {
      const found = await this.json(page, { path: `${path}?${parameters.toString()}` });
      yield* found.items;
      if (found.nextCursor === null) return;
      parameters.set('cursor', found.nextCursor);
    }
  }

  private send(
    { method = 'GET', path, headers, body, timeoutMs }: ApiCall,
    token?: string,
  ): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
      body: body ?? null,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs ?? defaultTimeoutMs),
    });
  }

  private accessToken(): Promise<string> {
    this.token ??= this.signIn().catch((error: unknown) => {
      this.token = undefined;
      throw error;
    });
    return this.token;
  }

  private async signIn(): Promise<string> {
    if ('token' in this.credentials) return this.credentials.token;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.send({
        method: 'POST',
        path: '/api/auth/login',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(this.credentials),
      });
      if (answer.ok) return session.parse(await answer.json()).accessToken;
      const fault = await faultOf(answer);
      // Too many wrong passwords end by waiting a quarter of an hour, not here.
      if (!isPassing(fault) || attempt === maxTries) throw fault;
      await this.pause(attempt, answer.headers.get('retry-after'));
    }
  }

  private pause(attempt: number, retryAfter: string | null): Promise<void> {
    const asked = Number(retryAfter ?? 0) * 1_000;
    const own = this.pauseMs * 2 ** (attempt - 1) * (0.5 + Math.random());
    return delay(Math.min(longestPauseMs, Math.max(own, Number.isFinite(asked) ? asked : 0)));
  }
}

async function faultOf(answer: Response): Promise<ApiFault> {
  const text = await answer.text();
  const parsed = problem.safeParse(jsonOf(text));
  if (!parsed.success)
    return new ApiFault(answer.status, 'unknown_answer', `The server answered ${answer.status}.`);
  const { code, detail, errors = [] } = parsed.data;
  const faults = errors.map(({ path, message }) => `\n  ${path}: ${message}`).join('');
  return new ApiFault(answer.status, code, `${detail} (${code})${faults}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A file of ours could not be written: the server has no part in it. */
function isOfDisk(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

function unreachable(url: string, error: unknown): ApiFault {
  const { cause } = error as { cause?: { code?: string } };
  const reason = cause?.code ?? (error instanceof Error ? error.message : 'unknown');
  return new ApiFault(0, 'unreachable', `${new URL(url).origin} cannot be reached: ${reason}.`);
}

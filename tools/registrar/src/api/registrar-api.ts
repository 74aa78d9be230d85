import { setTimeout as delay } from 'node:timers/promises';
import { gatewayRoutes } from '@registrar/contracts-gateway';
import { requestOf } from '@registrar/contracts-http';
import type { AnswerOf, AskOf, ProblemBody, Route, SentRequest } from '@registrar/contracts-http';
import { ApiFault } from '../faults.ts';
import type { Credentials } from './credentials.ts';

/** Time for the whole answer unless told otherwise, ms. */
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

  /** Asks by `route`; the body of the answer and its headers. */
  async call<R extends Route>(
    route: R,
    ask: AskOf<R>,
    timeoutMs?: number,
  ): Promise<{ body: AnswerOf<R>; headers: Headers }> {
    const read = async (answer: Response) => ({
      body: await checked(route, answer),
      headers: answer.headers,
    });
    return this.use(requestOf(route, ask), read, timeoutMs);
  }

  /**
   * Sends a request and has `read` take its answer; both again where either breaks off. Each may be sent again, so
   * one that changes something carries a key or a condition.
   */
  async use<T>(
    request: SentRequest,
    read: (answer: Response) => Promise<T>,
    timeoutMs = defaultTimeoutMs,
  ): Promise<T> {
    let mayExpire = 'password' in this.credentials;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const authorization = `Bearer ${await this.accessToken()}`;
        const answer = await this.send(request, timeoutMs, { authorization });
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

  private send(
    { method, target, headers, body }: SentRequest,
    timeoutMs: number,
    more?: Record<string, string>,
  ): Promise<Response> {
    return fetch(this.url + target, {
      method,
      headers: { ...more, ...headers },
      body: (body as NonNullable<RequestInit['body']> | undefined) ?? null,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
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
      const answer = await this.send(
        requestOf(gatewayRoutes.login, { body: this.credentials }),
        defaultTimeoutMs,
      );
      if (answer.ok) return (await checked(gatewayRoutes.login, answer)).accessToken;
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

/** The body of an answer as its route has it; what a newer server adds is let by. */
async function checked<R extends Route>({ answers }: R, answer: Response): Promise<AnswerOf<R>> {
  const body: unknown = await answer.json();
  const { schema } = Object.values(answers)[0] ?? {};
  const result = await schema?.['~standard'].validate(body);
  if (!result?.issues) return (result?.value ?? body) as AnswerOf<R>;
  if (result.issues.every((issue) => 'code' in issue && issue.code === 'unrecognized_keys'))
    return body as AnswerOf<R>;
  const { pathname, search } = new URL(answer.url);
  throw new ApiFault(answer.status, 'unknown_answer', `${pathname}${search}: not the answer of this API.`);
}

async function faultOf(answer: Response): Promise<ApiFault> {
  const { code, detail, errors = [] } = (jsonOf(await answer.text()) ?? {}) as Partial<ProblemBody>;
  if (code === undefined || detail === undefined)
    return new ApiFault(answer.status, 'unknown_answer', `The server answered ${answer.status}.`);
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

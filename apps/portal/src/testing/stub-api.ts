import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RouteName } from '../api/routes.ts';
import { Refusal, StubCampus } from './stub-campus.ts';
import type { Notification } from './stub-data.ts';
import { publicRoutes, routes } from './stub-routes.ts';
import { StubSessions } from './stub-sessions.ts';
import { StubStreams } from './stub-streams.ts';

/** A route of the contract, or of the web session. */
export type StubRoute = RouteName | `POST /api/auth/web/${'login' | 'refresh' | 'logout'}`;

/** An answer other than the stub's own. */
export type Script =
  | {
      readonly kind: 'refuse';
      readonly refusal: Refusal;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection breaks; `committed` says whether the work was done before. */
  | { readonly kind: 'lose'; readonly committed: boolean }
  /** 202 without a body. */
  | { readonly kind: 'accept' }
  /** 504 after the work was done. */
  | { readonly kind: 'time-out' }
  /** The stub's own answer, once the promise resolves. */
  | { readonly kind: 'hold'; readonly until: Promise<unknown> };

/** A request as it came. */
export interface Call {
  readonly name: string;
  readonly target: string;
  /** The bytes of the body. */
  readonly text: string;
  readonly key: string | undefined;
  readonly headers: IncomingMessage['headers'];
}

/** Refuses with 503 `overloaded` (or another code) and `Retry-After` in seconds. */
export function busy(retryAfter: number, code = 'overloaded', status = 503): Script {
  const refusal = new Refusal(status, code, 'The service is busy. Try again soon.');
  return { kind: 'refuse', refusal, headers: { 'retry-after': String(retryAfter) } };
}

/** Refuses with problem details. */
export function refuse(
  status: number,
  code: string,
  detail = `Refused: ${code}.`,
  more: Readonly<Record<string, unknown>> = {},
): Script {
  return { kind: 'refuse', refusal: new Refusal(status, code, detail, more) };
}

/** The API as page specs meet it: a campus in memory, and scripts for bad days. */
export class StubApi {
  readonly campus = new StubCampus();
  readonly sessions = new StubSessions();
  readonly streams = new StubStreams(this.campus);
  readonly calls: Call[] = [];
  /** How far the server's clock is from this machine's, in ms. */
  clockOffsetMs = 0;
  /** Whether a connection was broken on purpose: the browser writes an error of its own then. */
  hasLost = false;
  private readonly once = new Map<string, Script[]>();
  private readonly standing = new Map<string, Script>();
  private readonly answered = new Map<string, { text: string; status: number; body: string | undefined }>();

  /** The next calls of that route get these answers, one each. */
  next(name: StubRoute, ...scripts: readonly Script[]): void {
    this.once.set(name, [...(this.once.get(name) ?? []), ...scripts]);
  }

  /** Every call of that route gets this answer; undefined ends it. */
  always(name: StubRoute, script: Script | undefined): void {
    if (script === undefined) this.standing.delete(name);
    else this.standing.set(name, script);
  }

  /** The calls of a route so far. */
  callsOf(name: StubRoute | `GET /api/seats/stream`): Call[] {
    return this.calls.filter((call) => call.name === name);
  }

  /** Adds a notification and sends it to open streams. */
  notify(notification: Notification): void {
    this.campus.notifications = [notification, ...this.campus.notifications];
    this.streams.publishNotification(notification);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stub');
    const text = await textOf(request);
    const found = routeOf(request.method ?? 'GET', url.pathname, request.headers.accept);
    const header = request.headers['idempotency-key'];
    const key = typeof header === 'string' ? header : undefined;
    const name = found?.name ?? `${request.method} ${url.pathname}`;
    this.calls.push({ name, target: request.url ?? '', text, key, headers: request.headers });
    const script = this.once.get(name)?.shift() ?? this.standing.get(name);
    response.setHeader('date', new Date(Date.now() + this.clockOffsetMs).toUTCString());
    response.setHeader('cache-control', 'private, no-cache');
    try {
      if (script?.kind === 'hold') await script.until;
      if (script?.kind === 'accept') return void response.writeHead(202, { 'content-length': 0 }).end();
      if (script?.kind === 'lose' && !script.committed) return this.lose(request);
      if (script?.kind === 'refuse') return sendRefusal(response, script.refusal, script.headers);
      if (this.streams.answerStream(name, url, request, response, this.sessions)) return;
      const answer = this.answerTo(name, { request, url, text, key, params: found?.params ?? {} }, response);
      if (script?.kind === 'lose') return this.lose(request);
      if (script?.kind === 'time-out')
        return sendRefusal(
          response,
          new Refusal(504, 'upstream_timeout', 'The service did not answer in time.'),
        );
      send(response, answer.status, answer.body);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendRefusal(response, error);
    }
  }

  private answerTo(
    name: string,
    asked: {
      request: IncomingMessage;
      url: URL;
      text: string;
      key: string | undefined;
      params: Record<string, string>;
    },
    response: ServerResponse,
  ): { status: number; body: string | undefined } {
    const { request, url, text, key, params } = asked;
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, never>;
    const ofSession = this.sessions.answer(name, request, response, body);
    if (ofSession !== undefined) return { status: 200, body: JSON.stringify(ofSession) };
    const route = routes[name as RouteName];
    if (route === undefined) throw new Refusal(404, 'not_found', 'There is nothing at this address.');
    if (!publicRoutes.includes(name)) this.sessions.check(request);
    const before = key === undefined ? undefined : this.answered.get(key);
    if (before !== undefined) {
      if (before.text !== text)
        throw new Refusal(422, 'idempotency_key_reused', 'The key belongs to another request.');
      response.setHeader('idempotency-replayed', 'true');
      return before;
    }
    const result: unknown = route({ params, query: url.searchParams, body }, this);
    const status = result === undefined ? 204 : name === 'POST /api/enrollments' ? 201 : 200;
    const answer = { text, status, body: result === undefined ? undefined : JSON.stringify(result) };
    if (key !== undefined) this.answered.set(key, answer);
    return answer;
  }

  private lose(request: IncomingMessage): void {
    this.hasLost = true;
    request.socket.destroy();
  }
}

function routeOf(method: string, path: string, accept = '') {
  if (path === '/api/seats/stream' || path === '/api/notifications/stream')
    return { name: `GET ${path}`, params: {} };
  const names = [...Object.keys(routes)];
  for (const name of names) {
    const [verb, pattern = ''] = name.split(' ', 2);
    if (verb !== method) continue;
    const match = new RegExp(`^${pattern.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(path);
    const isLiteral = !pattern.includes(':') || !names.includes(`${method} ${path}`);
    if (match && isLiteral && !accept.includes('event-stream'))
      return { name, params: decoded(match.groups ?? {}) };
  }
  return undefined;
}

function decoded(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}

function send(
  response: ServerResponse,
  status: number,
  body: string | undefined,
  type = 'application/json',
): void {
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': `${type}; charset=utf-8` }).end(body);
}

function sendRefusal(
  response: ServerResponse,
  { status, code, message, more }: Refusal,
  headers: Readonly<Record<string, string>> = {},
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const problem = {
    type: 'about:blank',
    title: code,
    status,
    detail: message,
    code,
    traceId: randomUUID(),
    ...more,
  };
  send(response, status, JSON.stringify(problem), 'application/problem+json');
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

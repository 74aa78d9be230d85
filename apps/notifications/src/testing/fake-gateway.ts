import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccountMail, UserState } from '@registrar/contracts-gateway';
import { HttpDouble } from '@registrar/testing';

/** The gateway's internal calls, with answers that a test sets. */
export class FakeGateway extends HttpDouble {
  readonly users = new Map<string, UserState>();
  readonly links = new Map<string, { link: string; email: string; name: string; expiresAt: string }>();
  /** Mails that the gateway words. */
  readonly mails = new Map<string, AccountMail>();
  /** The public keys of access tokens, as the gateway shows them. */
  keys: object = { keys: [] };
  /** Answers 503 to everything while it is set. */
  away = false;
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];

  constructor() {
    super((request, response) => this.answer(request, response));
  }

  /** Adds a user that can be looked up. */
  addUser(id: string, email: string, name = 'Robin Doe'): UserState {
    const createdAt = new Date().toISOString();
    const user: UserState = { id, email, name, roles: ['student'], createdAt, version: 1, externalId: null };
    this.users.set(id, user);
    return user;
  }

  private sourceOf(path: string): ReadonlyMap<string, object> {
    if (path.endsWith('/content')) return this.mails;
    return path.endsWith('/link') ? this.links : this.users;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.asked.push(path);
    if (this.away) return void response.writeHead(503).end('{}');
    if (path === '/.well-known/jwks.json') return void response.end(JSON.stringify(this.keys));
    if (path.startsWith('/internal/erasures/')) return void response.writeHead(204).end();
    const id = decodeURIComponent(path.split('/')[3] ?? '');
    const found = this.sourceOf(path).get(id);
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? { code: 'user_not_found' }));
  }
}

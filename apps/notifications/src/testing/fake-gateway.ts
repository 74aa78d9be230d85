import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { UserState } from '@registrar/contracts-gateway';

/** The gateway's internal calls, with answers that a test sets. */
export class FakeGateway {
  readonly users = new Map<string, UserState>();
  readonly links = new Map<string, { link: string; email: string; name: string; expiresAt: string }>();
  /** The public keys of access tokens, as the gateway shows them. */
  keys: object = { keys: [] };
  /** Answers 503 to everything while it is set. */
  away = false;
  /** Paths that were asked for, in order. */
  readonly asked: string[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  static async start(): Promise<FakeGateway> {
    const gateway = new FakeGateway();
    gateway.server.listen(0, '127.0.0.1');
    await once(gateway.server, 'listening');
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Adds a user that can be looked up. */
  addUser(id: string, email: string, name = 'Robin Doe'): UserState {
    const createdAt = new Date().toISOString();
    const user: UserState = { id, email, name, roles: ['student'], createdAt, version: 1 };
    this.users.set(id, user);
    return user;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    this.asked.push(path);
    if (this.away) return void response.writeHead(503).end('{}');
    if (path === '/.well-known/jwks.json') return void response.end(JSON.stringify(this.keys));
    const id = decodeURIComponent(path.split('/')[3] ?? '');
    const found = path.endsWith('/link') ? this.links.get(id) : this.users.get(id);
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? { code: 'user_not_found' }));
  }
}

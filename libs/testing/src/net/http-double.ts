import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real HTTP server on loopback that stands for a service and can go away and come back on the same port. */
export class HttpDouble {
  private server: Server | undefined;
  private port = 0;
  /** Connections that were opened to it. */
  connections = 0;

  constructor(private readonly listener: RequestListener) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Listens, if it does not; after a `stop` on the same port as before. */
  async start(): Promise<this> {
    if (this.server) return this;
    this.server = createServer(this.listener);
    this.server.on('connection', () => (this.connections += 1));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  /** Goes away as a killed process does: connections cut, port closed. */
  async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
}

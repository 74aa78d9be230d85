import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { ChaosConnection, type ChaosMode } from './chaos-connection.ts';

/**
 * A TCP proxy in front of a real server that can fail as networks and servers do.
 *
 * Modes: `pass`; `hole` (connections are accepted and taken from, but nothing comes back and nothing
 * arrives: it is held, and delivered when passing again); `mute` (requests arrive, answers are held);
 * `refuse` (no connection is accepted, open ones are cut). `delayMs` holds every answer for a while, in order.
 * Counts what came in, so that a test can bound attempts.
 */
export class TcpChaosProxy {
  private readonly connections = new Set<ChaosConnection>();
  private server: Server | undefined;
  private mode: ChaosMode = 'pass';
  private listeningPort = 0;
  private acceptedCount = 0;
  private chunkCount = 0;
  private delayMs = 0;

  private constructor(private readonly target: { readonly host: string; readonly port: number }) {}

  /** A proxy for the server of a URL (`redis://host:port/0`, `http://host:port`) or `host:port`. */
  static async start(target: string): Promise<TcpChaosProxy> {
    const { hostname, port } = new URL(target.includes('://') ? target : `tcp://${target}`);
    const proxy = new TcpChaosProxy({ host: hostname, port: Number(port) });
    await proxy.listen();
    return proxy;
  }

  /** The proxy's own port on loopback. */
  get port(): number {
    return this.listeningPort;
  }

  /** How many connections were accepted so far. */
  get accepted(): number {
    return this.acceptedCount;
  }

  /** How many chunks clients have sent so far. */
  get chunks(): number {
    return this.chunkCount;
  }

  /** How many connections are open. */
  get open(): number {
    return this.connections.size;
  }

  /** `url` with this proxy in place of its host and port. */
  url(url: string): string {
    const through = new URL(url);
    through.hostname = '127.0.0.1';
    through.port = String(this.listeningPort);
    return through.href;
  }

  /** Lets everything through again, what was held first. */
  async pass(delayMs = 0): Promise<void> {
    this.delayMs = delayMs;
    this.set('pass');
    if (!this.server) await this.listen();
  }

  /** Takes everything, gives nothing. */
  hole(): void {
    this.set('hole');
  }

  /** Lets requests through, and no answer. */
  mute(): void {
    this.set('mute');
  }

  /** Closes the door: open connections are cut, new ones refused. */
  async refuse(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    this.cut();
    if (server) {
      server.close();
      await once(server, 'close');
    }
  }

  /** Cuts the open connections; new ones are accepted. */
  cut(): void {
    for (const connection of this.connections) connection.destroy();
  }

  /** Ends the proxy. */
  async stop(): Promise<void> {
    await this.refuse();
  }

  private async listen(): Promise<void> {
    const server = createServer((client) => this.accept(client));
    this.server = server;
    server.listen(this.listeningPort, '127.0.0.1');
    await once(server, 'listening');
    this.listeningPort = (server.address() as AddressInfo).port;
  }

  private accept(client: Socket): void {
    this.acceptedCount += 1;
    const server = connect(this.target);
    const connection = new ChaosConnection(client, server, {
      delayMs: () => this.delayMs,
      onRequest: () => (this.chunkCount += 1),
      onEnd: () => this.connections.delete(connection),
    });
    this.connections.add(connection);
    connection.set(this.mode);
  }

  private set(mode: ChaosMode): void {
    this.mode = mode;
    for (const connection of this.connections) connection.set(mode);
  }
}

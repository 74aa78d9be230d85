import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** A client by a raw socket from an address of loopback of its own, which takes its time. */
export class SlowClient {
  text = '';

  private constructor(readonly socket: Socket) {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => (this.text += chunk.toString('latin1')));
  }

  /** Connects from `localAddress` (any of 127.0.0.0/8). */
  static async connect(port: number, localAddress: string): Promise<SlowClient> {
    const client = new SlowClient(connect({ port, host: '127.0.0.1', localAddress }));
    await once(client.socket, 'connect');
    return client;
  }

  /** So many of them from each of `addresses`. */
  static async many(port: number, addresses: readonly string[], each: number): Promise<SlowClient[]> {
    const all = addresses.flatMap((address) => Array.from({ length: each }, () => address));
    return Promise.all(all.map((address) => SlowClient.connect(port, address)));
  }

  /** The status of its first answer; undefined while there is none. */
  get status(): number | undefined {
    const status = /^HTTP\/1\.1 (\d{3}) /.exec(this.text)?.[1];
    return status === undefined ? undefined : Number(status);
  }

  get isClosed(): boolean {
    return this.socket.closed;
  }

  sendText(text: string): void {
    this.socket.write(text);
  }

  close(): void {
    this.socket.destroy();
  }
}

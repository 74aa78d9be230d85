import type { Socket } from 'node:net';

/** What a connection does with the bytes of both sides. */
export type ChaosMode = 'pass' | 'hole' | 'mute';

/** The callbacks of a connection to its proxy. */
interface ChaosConnectionOptions {
  readonly delayMs: () => number;
  readonly onRequest: () => void;
  readonly onEnd: () => void;
}

/** One client's connection through a `TcpChaosProxy`: two sockets, and what is held back between them. */
export class ChaosConnection {
  private mode: ChaosMode = 'pass';
  private readonly heldRequests: Buffer[] = [];
  private readonly heldAnswers: Buffer[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private lagMs = 0;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly options: ChaosConnectionOptions,
  ) {
    client.setNoDelay(true);
    server.setNoDelay(true);
    client.on('data', (chunk) => {
      options.onRequest();
      if (this.mode === 'hole') this.heldRequests.push(chunk);
      else server.write(chunk);
    });
    server.on('data', (chunk) => this.answer(chunk));
    for (const socket of [client, server]) {
      // A cut connection ends in whatever error the system has for it; that is the point of it.
      socket.on('error', () => this.destroy());
      socket.on('close', () => this.destroy());
    }
  }

  /** Changes the mode; passing again delivers what was held, in order. */
  set(mode: ChaosMode): void {
    this.mode = mode;
    if (mode !== 'hole') for (const chunk of this.heldRequests.splice(0)) this.server.write(chunk);
    if (mode === 'pass') for (const chunk of this.heldAnswers.splice(0)) this.client.write(chunk);
  }

  /** Ends both sides at once. */
  destroy(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.client.destroy();
    this.server.destroy();
    this.options.onEnd();
  }

  private answer(chunk: Buffer): void {
    const delayMs = this.options.delayMs();
    if (this.mode !== 'pass') this.heldAnswers.push(chunk);
    else if (delayMs === 0 && this.timers.size === 0) this.client.write(chunk);
    else this.answerLater(chunk, delayMs);
  }

  /** After the delay, and never before an answer that is still being delayed. */
  private answerLater(chunk: Buffer, delayMs: number): void {
    this.lagMs = this.timers.size === 0 ? delayMs : Math.max(delayMs, this.lagMs);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (this.mode === 'pass') this.client.write(chunk);
      else this.heldAnswers.push(chunk);
    }, this.lagMs);
    this.timers.add(timer);
  }
}

import { Client } from 'undici';
import type { Dispatcher } from 'undici';

/** A stream of server-sent events, as a test reads it. */
export class EventStream {
  private readonly blocks: string[] = [];
  private rest = '';
  private wake: (() => void) | undefined;
  private isOver = false;

  private constructor(
    readonly status: number,
    readonly headers: Record<string, string | string[] | undefined>,
    private readonly client: Client,
    body: Dispatcher.ResponseData['body'],
  ) {
    body.on('data', (chunk: Buffer) => this.take(chunk.toString()));
    for (const name of ['end', 'close', 'error'] as const) body.on(name, () => this.over());
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
    const { origin, pathname, search } = new URL(url);
    // A client of its own: a shared one reconnects after a stream was hung up on, and keeps that open.
    const client = new Client(origin, { bodyTimeout: 0 });
    const answer = await client.request({
      method: 'GET',
      path: pathname + search,
      headers: { accept: 'text/event-stream', ...headers },
    });
    return new EventStream(answer.statusCode, answer.headers, client, answer.body);
  }

  /** The next block, or undefined after the end. */
  async next(): Promise<string | undefined> {
    while (this.blocks.length === 0 && !this.isOver) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.blocks.shift();
  }

  /** The data of the next block that is an event. */
  async nextData<T>(): Promise<T> {
    for (;;) {
      const block = await this.next();
      if (block === undefined) throw new Error('the stream has ended');
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data !== undefined) return JSON.parse(data) as T;
    }
  }

  /** Hangs up. */
  close(): void {
    void this.client.destroy();
  }

  private take(text: string): void {
    const parts = (this.rest + text).split('\n\n');
    this.rest = parts.pop() ?? '';
    this.blocks.push(...parts);
    this.wake?.();
  }

  private over(): void {
    this.isOver = true;
    this.wake?.();
  }
}

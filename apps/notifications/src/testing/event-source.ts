import type { Notification } from '@registrar/contracts-notifications';
import type { RunningApp } from './running-app.ts';
import type { TestSurroundings } from './test-surroundings.ts';

/** A client of an event stream: keeps what it receives. */
export class EventSourceClient {
  readonly received: Notification[] = [];
  text = '';
  ended = false;
  private readonly abort = new AbortController();

  private constructor(readonly response: Response) {}

  static async open(
    app: RunningApp,
    around: TestSurroundings,
    userId: string,
    options: { lastEventId?: string; expiresIn?: number } = {},
  ): Promise<EventSourceClient> {
    const abort = new AbortController();
    const token = { id: userId, ...(options.expiresIn !== undefined && { expiresIn: options.expiresIn }) };
    const response = await fetch(`${app.url}/api/notifications/stream`, {
      headers: {
        ...around.issuer.bearer(token),
        ...(options.lastEventId !== undefined && { 'last-event-id': options.lastEventId }),
      },
      signal: abort.signal,
    });
    const client = new EventSourceClient(response);
    client.abort.signal.addEventListener('abort', () => abort.abort());
    void client.listen();
    return client;
  }

  /** Ids of what was heard, in order. */
  get ids(): string[] {
    return this.received.map((notification) => notification.id);
  }

  close(): void {
    this.abort.abort();
  }

  private async listen(): Promise<void> {
    try {
      for await (const chunk of this.response.body ?? []) this.take(Buffer.from(chunk).toString('utf8'));
    } catch (error) {
      if (!this.abort.signal.aborted) this.text += `\n(cut: ${String(error)})`;
    }
    this.ended = true;
  }

  private take(text: string): void {
    this.text += text;
    this.received.length = 0;
    for (const block of this.text.split('\n\n')) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (/^event: notification$/m.test(block) && data !== undefined && this.text.includes(`${block}\n\n`)) {
        this.received.push(JSON.parse(data) as Notification);
      }
    }
  }
}

import { createParser } from 'eventsource-parser';
import { retryDelayMs } from '../intents/retry.rules.ts';

/** One server-sent event. */
export interface StreamEvent {
  readonly type: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

/** A stream to hold open. */
export interface StreamOptions {
  /** Opens it; `lastEventId` is where the last connection ended. A refusal throws. */
  readonly open: (lastEventId: string | undefined, signal: AbortSignal) => Promise<Response>;
  readonly event: (event: StreamEvent) => void;
  /** Something came, if only a comment: the connection is alive. */
  readonly alive: () => void;
}

/**
 * Holds a stream of server-sent events open, by fetch: the token goes in a header, never in an address.
 *
 * Failure: a broken or refused connection is opened again after a growing delay. Returns the way to close it.
 */
export function holdStream({ open, event, alive }: StreamOptions): () => void {
  const closing = new AbortController();
  void (async () => {
    let lastEventId: string | undefined;
    for (let failures = 0; !closing.signal.aborted; failures += 1) {
      try {
        const response = await open(lastEventId, closing.signal);
        const parser = createParser({
          onEvent: ({ event: type, id, data }) => {
            lastEventId = id ?? lastEventId;
            event({ type: type ?? 'message', id, data: JSON.parse(data) as unknown });
          },
        });
        const reader = (response.body as ReadableStream<Uint8Array>).getReader();
        const decoder = new TextDecoder();
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          failures = 0;
          alive();
          parser.feed(decoder.decode(part.value, { stream: true }));
        }
      } catch {
        // Broken, refused or not what was expected: opened again below.
      }
      if (!closing.signal.aborted)
        await pause(retryDelayMs(failures, undefined, Math.random()), closing.signal);
    }
  })();
  return () => closing.abort();
}

function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

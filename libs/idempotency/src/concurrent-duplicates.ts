import { steadyNow } from '@registrar/service';
import { keyReused, requestInProgress } from './answer.ts';
import type { IdempotentRequest } from './idempotent-request.ts';

interface Running<T> {
  fingerprint: string;
  outcome: Promise<T>;
}

/** The outcome of a request, and whether a duplicate's work gave it. */
interface Shared<T> {
  outcome: T;
  isDuplicate: boolean;
}

/**
 * Concurrent duplicates of one request on this instance: the first works, the others wait for its outcome.
 *
 * Guarantee: at most one `work` per request id runs at a time. When the first fails without an outcome to
 * share (it threw), one of those who waited works in its stead.
 * Failure: Problem 409 `request_in_progress` after `waitMs`, 422 `idempotency_key_reused` for another body.
 */
export class ConcurrentDuplicates<T> {
  private readonly running = new Map<string, Running<T>>();

  /** @param waitMs how long a duplicate waits */
  constructor(private readonly waitMs = 5_000) {}

  async share(request: IdempotentRequest, work: () => Promise<T>): Promise<Shared<T>> {
    const deadline = steadyNow() + this.waitMs;
    for (;;) {
      const first = this.running.get(request.id);
      if (!first) return { outcome: await this.start(request, work), isDuplicate: false };
      if (first.fingerprint !== request.fingerprint) throw keyReused();
      const waited = await settled(first.outcome, deadline - steadyNow());
      if (waited.state === 'late') throw requestInProgress();
      if (waited.state === 'done') return { outcome: waited.outcome, isDuplicate: true };
    }
  }

  private async start({ id, fingerprint }: IdempotentRequest, work: () => Promise<T>): Promise<T> {
    const outcome = Promise.resolve().then(work);
    this.running.set(id, { fingerprint, outcome });
    try {
      return await outcome;
    } finally {
      this.running.delete(id);
    }
  }
}

type Waited<T> = { state: 'done'; outcome: T } | { state: 'failed' } | { state: 'late' };

async function settled<T>(outcome: Promise<T>, waitMs: number): Promise<Waited<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Waited<T>>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'late' }), Math.max(0, waitMs));
  });
  const done = outcome.then(
    (value): Waited<T> => ({ state: 'done', outcome: value }),
    (): Waited<T> => ({ state: 'failed' }),
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}

import { sendRequest } from '../api/client.ts';
import { ApiProblem, SessionEnded } from '../api/problems.ts';
import { session } from '../api/session.ts';
import type { Intent, IntentProgress } from './intent.ts';
import { isFinal } from './intent.ts';
import { intentLog, isTooOld } from './intent-log.ts';
import { retryDelayMs } from './retry.rules.ts';

/** What the sender needs of its surroundings; tests set them. */
export interface SenderOptions {
  readonly send?: typeof sendRequest;
  readonly random?: () => number;
  readonly now?: () => number;
  /** Called with every intent that has its final answer. */
  readonly settled?: (intent: Intent, progress: IntentProgress) => void;
}

/**
 * Sends intents until each has its final answer.
 *
 * Guarantee: one effect per intent, whatever is lost on the way: every try has the same key and the same bytes, and
 * the intent is stored before the first and removed after the final answer.
 * Failure: never throws; `progressOf` says how it stands.
 */
export class IntentSender {
  private readonly progress = new Map<string, IntentProgress>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly listeners = new Set<() => void>();
  /** Keys of which a try may have been committed: no later answer says that nothing was done. */
  private readonly unsure = new Set<string>();
  private readonly options: Required<SenderOptions>;

  constructor(options: SenderOptions = {}) {
    this.options = {
      send: sendRequest,
      random: Math.random,
      now: Date.now,
      settled: () => undefined,
      ...options,
    };
  }

  /** How that intent stands; undefined where it was never sent from this tab. */
  progressOf(key: string): IntentProgress | undefined {
    return this.progress.get(key);
  }

  /** Calls back on every change. Returns the way to stop. */
  subscribe = (changed: () => void): (() => void) => {
    this.listeners.add(changed);
    return () => this.listeners.delete(changed);
  };

  /** Stores and sends an intent. A second call with a key that is on its way does nothing: a double click is one request. */
  submit(intent: Intent): void {
    const known = this.progress.get(intent.key);
    if (known !== undefined && !isFinal(known)) return;
    intentLog.append(intent);
    void this.attempt(intent, 0);
  }

  /** Sends what earlier pages left open, and what waited for a session. */
  replay(userId: string): void {
    for (const intent of intentLog.openOf(userId)) {
      const known = this.progress.get(intent.key);
      if (known === undefined || known.status === 'session-ended') void this.attempt(intent, 0);
    }
  }

  /** Gives up an intent that a busy server has not taken yet. */
  stop(intent: Intent): void {
    if (this.progress.get(intent.key)?.status !== 'busy') return;
    clearTimeout(this.timers.get(intent.key));
    this.finish(intent, { status: 'stopped' });
  }

  /** Whether an intent has no final answer yet: leaving the page would lose sight of it. */
  hasOpen(): boolean {
    return [...this.progress.values()].some((progress) => !isFinal(progress));
  }

  private async attempt(intent: Intent, failures: number): Promise<void> {
    this.timers.delete(intent.key);
    if (isTooOld(intent, this.options.now())) return this.finish(intent, { status: 'expired' });
    if (!isSessionOf(intent.userId)) return this.change(intent, { status: 'session-ended' });
    if (failures === 0) this.change(intent, { status: 'sending' });
    try {
      const { method, target, body, key } = intent;
      const headers = { 'idempotency-key': key };
      const response = await this.options.send({
        method,
        target,
        body,
        ...(method === 'POST' && { headers }),
      });
      this.finish(intent, { status: 'done', answer: await response.json() });
    } catch (error) {
      this.judge(intent, failures, error);
    }
  }

  private judge(intent: Intent, failures: number, error: unknown): void {
    if (error instanceof SessionEnded) return this.change(intent, { status: 'session-ended' });
    if (!(error instanceof ApiProblem)) return this.again(intent, failures, 'unknown', undefined);
    const { isBusy, isUnknown, retryAfterMs, body } = error;
    // The same request on its way elsewhere, and a fault of the server, say nothing about the outcome.
    const isUndecided = isUnknown || body.code === 'request_in_progress' || body.status >= 500;
    if (isBusy && !this.unsure.has(intent.key)) return this.again(intent, failures, 'busy', retryAfterMs);
    if (isBusy || isUndecided) return this.again(intent, failures, 'unknown', retryAfterMs);
    this.finish(intent, { status: 'refused', problem: body });
  }

  private again(
    intent: Intent,
    failures: number,
    status: 'unknown' | 'busy',
    retryAfterMs: number | undefined,
  ): void {
    if (status === 'unknown') this.unsure.add(intent.key);
    const delayMs = retryDelayMs(failures, retryAfterMs, this.options.random());
    this.timers.set(
      intent.key,
      setTimeout(() => void this.attempt(intent, failures + 1), delayMs),
    );
    this.change(intent, { status, nextTryAtMs: this.options.now() + delayMs });
  }

  private finish(intent: Intent, progress: IntentProgress): void {
    intentLog.remove(intent.key);
    this.unsure.delete(intent.key);
    this.change(intent, progress);
    this.options.settled(intent, progress);
  }

  private change(intent: Intent, progress: IntentProgress): void {
    this.progress.set(intent.key, progress);
    for (const changed of this.listeners) changed();
  }
}

/** Whether what is sent now is sent as that user: another may have signed in, or nobody. */
function isSessionOf(userId: string): boolean {
  const { status, user } = session.current();
  return user?.id === userId && status !== 'ended';
}

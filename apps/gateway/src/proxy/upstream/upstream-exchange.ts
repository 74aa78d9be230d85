import type { Dispatcher } from 'undici';
import { UpstreamTimeout } from './upstream-faults.ts';

/**
 * One request to a service as undici reports it, with a time limit that also covers the wait for a connection.
 *
 * Guarantee: it is over once. What fails it also aborts the request, even one that has no connection yet.
 */
export abstract class UpstreamExchange {
  private timer: NodeJS.Timeout;
  private controller: Dispatcher.DispatchController | undefined;
  private over = false;

  constructor(timeLimitMs: number, reason: string) {
    this.timer = this.failAfter(timeLimitMs, reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.over) controller.abort(new Error('too late to begin'));
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  /** Called once, when it fails. */
  protected abstract failed(error: Error): void;

  protected get isOver(): boolean {
    return this.over;
  }

  /** Fails the exchange and aborts the request. */
  protected fail(error: Error): void {
    if (!this.finish()) return;
    this.failed(error);
    this.controller?.abort(error);
  }

  /** @returns whether it was not over before */
  protected finish(): boolean {
    const first = !this.over;
    this.over = true;
    clearTimeout(this.timer);
    return first;
  }

  /** Starts a new time limit in place of the last one. */
  protected limit(timeLimitMs: number, reason: string): void {
    this.unlimit();
    if (!this.over) this.timer = this.failAfter(timeLimitMs, reason);
  }

  /** Starts the time limit again from now. */
  protected renewLimit(): void {
    this.timer.refresh();
  }

  protected unlimit(): void {
    clearTimeout(this.timer);
  }

  protected resume(): void {
    this.controller?.resume();
  }

  private failAfter(timeLimitMs: number, reason: string): NodeJS.Timeout {
    return setTimeout(() => this.fail(new UpstreamTimeout(reason)), timeLimitMs);
  }
}

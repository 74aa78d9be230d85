import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

const lookEveryMs = 10;

/** Entries that wait for a commit beyond those under way. Work that can wait yields to them. */
@Injectable()
export class LedgerBacklog {
  /** Set by the writer. */
  waiting = 0;

  /** Resolves when nothing waits, or after `limitMs`. */
  async yieldUntilEmpty(limitMs: number): Promise<void> {
    const untilMs = performance.now() + limitMs;
    while (this.waiting > 0 && performance.now() < untilMs) await delay(lookEveryMs);
  }
}

import { setImmediate } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import type { UserState } from '@registrar/contracts-gateway';
import { serviceUnavailable } from '@registrar/service';
import { AccountLookup } from '../accounts/account-lookup.ts';
import { AccountRepository } from '../accounts/account.repository.ts';
import { stateOf } from '../accounts/user.ts';
import { entryOf, matchOf } from './directory-entry.rules.ts';
import type { DirectoryEntry, DirectoryFilter } from './directory-entry.rules.ts';
import { DirectoryIndex } from './directory-index.ts';
import type { DirectoryPosition } from './directory-index.ts';

/** Pause between two comparisons with the store, ms; each costs one walk of the index of emails. */
const compareEveryMs = 600_000;
/** After a load that failed, ms. */
const retryMs = 2_000;
/** How long a search waits for the first load, ms. */
const loadWaitMs = 2_500;
/** Accounts that are read at a time. */
const readAtOnce = 500;

/**
 * Everybody who has an account, in memory, to be searched: about half a KB each (docs/decisions/user-directory.md).
 *
 * Guarantee: a change that this instance made is found by the next search; that of another one when its event comes,
 * and within ten minutes where events are lost. What is found is read again by who shows it.
 * Failure: 503 `service_unavailable` for a search until everybody was loaded once; the load is tried until it succeeds.
 */
@Injectable()
export class UserDirectory implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(UserDirectory.name);
  private readonly index = new DirectoryIndex();
  private readonly loaded = Promise.withResolvers<void>();
  private isLoaded = false;
  private readonly comparing = new PeriodicTask((signal) => this.compare(signal), {
    everyMs: compareEveryMs,
    jitter: 0.2,
    firstAfterMs: 0,
    onError: (error) => this.failed(error),
  });

  constructor(
    private readonly lookup: AccountLookup,
    private readonly accounts: AccountRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.comparing.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.comparing.stop();
  }

  /** Accounts that are held. */
  get size(): number {
    return this.index.size;
  }

  /** A user as they are now. */
  note(user: UserState): void {
    this.index.put(entryOf(user));
  }

  /** An account of which nothing is left but its id. */
  forget(id: string): void {
    this.index.remove(id);
  }

  /** The first who match, in order of email, beyond a position. @throws Problem 503 until everybody is loaded */
  async find(
    filter: DirectoryFilter,
    limit: number,
    after?: DirectoryPosition,
  ): Promise<readonly DirectoryEntry[]> {
    if (!this.isLoaded) await this.untilLoaded();
    return this.index.find(matchOf(filter), limit, after);
  }

  private async untilLoaded(): Promise<void> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const unavailable = () =>
      reject(serviceUnavailable('Users are being loaded. Try again in a few seconds.'));
    const timer = setTimeout(unavailable, loadWaitMs);
    await Promise.race([this.loaded.promise, late]).finally(() => clearTimeout(timer));
  }

  /** Reads whom the store has in another version; those who are gone from it are told by their event. */
  private async compare(signal: AbortSignal): Promise<void> {
    let changed: string[] = [];
    for await (const { id, version } of this.lookup.everybody()) {
      if (signal.aborted) return;
      if (this.index.versionOf(id) < version) changed.push(id);
      if (changed.length < readAtOnce) continue;
      await this.readAll(changed);
      changed = [];
    }
    await this.readAll(changed);
    this.isLoaded = true;
    this.loaded.resolve();
  }

  private async readAll(ids: readonly string[]): Promise<void> {
    for (const [at, account] of (await this.accounts.byIds(ids)).entries()) {
      this.note(stateOf(account));
      // Requests go between: nothing waits for everybody.
      if (at % 100 === 99) await setImmediate();
    }
  }

  private failed(error: unknown): void {
    this.logger.warn({ err: error }, 'users cannot be loaded');
    if (!this.isLoaded) setTimeout(() => void this.comparing.trigger(), retryMs).unref();
  }
}

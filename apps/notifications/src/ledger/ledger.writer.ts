import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { TransactionCancelled, expiryOf, isChangeRefused, retryOnConflict } from '@registrar/dynamodb';
import { CONFIG, currentTrace } from '@registrar/service';
import type { Trace } from '@registrar/service';
import { takeGroup } from './commit-group.rules.ts';
import { planCommit } from './commit-plan.rules.ts';
import { LedgerBacklog } from './ledger-backlog.ts';
import type { LedgerCommit, LedgerListener } from './ledger-commit.ts';
import { LEDGER_LISTENERS } from './ledger-commit.ts';
import type { NotificationsConfig } from '../notifications.config.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { LedgerRepository } from './ledger.repository.ts';
import { BackpressureThrottle } from './backpressure-throttle.rules.ts';

interface Waiting {
  entry: LedgerEntry;
  /** That of the event: the commit itself runs for many. */
  trace: Trace | undefined;
  /** When it came, ms on the process's clock. */
  since: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** What the writer reads of the configuration. */
type LedgerSettings = Pick<NotificationsConfig, 'MAIL_MAX_AGE_HOURS'> &
  Partial<Pick<NotificationsConfig, 'RETENTION_NOTIFICATIONS_DAYS'>>;

/** An entry waits so long for others' sake at most, ms. */
const maxHeldMs = 1_000;
/**
 * Time between the beginnings of two commits at least, ms: under a steady flow several entries share a commit, a mail
 * job and their writes; one that comes alone does not wait. Of 30 enrollments a second four or five share one.
 */
const gatherMs = 150;

/**
 * Writes notifications, many rows in one transaction (group commit): entries gather while a commit is under way or the
 * writer pauses, and the next commit takes what waits.
 *
 * Guarantee: when `write` resolves, the row is durable (but for one that is old enough to be forgotten), once, whichever
 * instance wrote it; its place in the inbox and the unread count came with it in the same commit, and the listeners were
 * notified. Nothing is written for who was erased.
 * Failure: rejects with 503 when the store is away or busy, and alone with 409 `change_refused` for a row that it
 * does not take; writing the same entry again is safe.
 */
@Injectable()
export class LedgerWriter implements OnModuleDestroy {
  private readonly waiting: Waiting[] = [];
  private readonly throttle = new BackpressureThrottle();
  private running = false;
  /** Before it the store is left to others, ms on the process's clock. */
  private restUntil = 0;
  private resting: AbortController | undefined;
  private ending = false;

  constructor(
    private readonly repository: LedgerRepository,
    private readonly backlog: LedgerBacklog,
    @Inject(LEDGER_LISTENERS) private readonly listeners: LedgerListener[],
    @Inject(CONFIG) private readonly config: LedgerSettings,
  ) {}

  write(entry: LedgerEntry): Promise<void> {
    if (this.isForgotten(entry)) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ entry, trace: currentTrace(), since: performance.now(), resolve, reject });
      this.backlog.waiting = this.waiting.length;
      if (isUrgent(entry)) this.resting?.abort();
      if (this.running) return;
      this.running = true;
      // The events of a batch come in the same turn of the event loop, and share a commit.
      setImmediate(() => void this.commitWaiting());
    });
  }

  /** A replay must not bring back what was kept long enough. */
  private isForgotten({ eventAtMs }: LedgerEntry): boolean {
    const { RETENTION_NOTIFICATIONS_DAYS: days } = this.config;
    return days !== undefined && expiryOf(eventAtMs, days) * 1_000 <= this.repository.now();
  }

  /** What is waited for now is written without rests, so that the process can end. */
  onModuleDestroy(): void {
    this.ending = true;
    this.resting?.abort();
  }

  private async commitWaiting(): Promise<void> {
    for (let first = this.waiting[0]; first; first = this.waiting[0]) {
      await this.rest(first.since + maxHeldMs);
      const group = takeGroup(this.waiting);
      this.backlog.waiting = this.waiting.length;
      await this.commitGroup(group);
    }
    this.running = false;
  }

  /** Leaves the store to others, but not beyond `limit`, nor while somebody waits for a mail. */
  private async rest(limit: number): Promise<void> {
    const ms = Math.min(this.restUntil, limit) - performance.now();
    if (ms <= 0 || this.ending || this.waiting.some(({ entry }) => isUrgent(entry))) return;
    this.resting = new AbortController();
    await delay(ms, undefined, { signal: this.resting.signal }).catch(() => undefined);
    this.resting = undefined;
  }

  private async commitGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const commit = await this.commit(group.map(({ entry }) => entry));
      const traces = new Map(group.flatMap(({ entry, trace }) => (trace ? [[entry.id, trace]] : [])));
      await Promise.all(this.listeners.map((listener) => listener.committed({ ...commit, traces })));
      for (const { resolve } of group) resolve();
    } catch (error) {
      if (isChangeRefused(error) && group.length > 1) return this.commitHalves(group);
      for (const { reject } of group) reject(error);
    }
  }

  /** One row that the store does not take must not hold up the others: halves find it. */
  private async commitHalves(group: readonly Waiting[]): Promise<void> {
    const half = group.length >> 1;
    await this.commitGroup(group.slice(0, half));
    await this.commitGroup(group.slice(half));
  }

  /** Commits what is not there yet. Each try plans by what it reads, so a lost race costs a try. */
  private commit(entries: readonly LedgerEntry[]): Promise<Omit<LedgerCommit, 'traces'>> {
    let left = uniqueById(entries);
    const userIds = [...new Set(entries.filter(({ inbox }) => inbox).map(({ recipientId }) => recipientId))];
    const { MAIL_MAX_AGE_HOURS: maxMailAgeHours, RETENTION_NOTIFICATIONS_DAYS: keptDays } = this.config;
    const maxMailAgeMs = maxMailAgeHours * 3_600_000;
    return retryOnConflict(async () => {
      const startedAt = performance.now();
      const state = await this.repository.stateOf(userIds);
      left = left.filter(({ recipientId }) => !state.erased.has(recipientId));
      const plan = planCommit(left, { ...state, maxMailAgeMs, keptDays, nowMs: this.repository.now() });
      try {
        if (plan.rows.length > 0) await this.repository.commit(plan);
      } catch (error) {
        if (error instanceof TransactionCancelled) left = left.filter((_, at) => !error.failedCondition(at));
        throw error;
      }
      const endedAt = performance.now();
      const actions = plan.rows.length + plan.inboxes.length;
      const restMs = this.throttle.pauseAfter(actions, endedAt - startedAt);
      this.restUntil = Math.max(endedAt + restMs, startedAt + gatherMs);
      const inboxes = new Map([
        ...state.inboxes,
        ...plan.inboxes.map((each) => [each.user_id, each] as const),
      ]);
      return { rows: plan.rows, inboxes: [...inboxes.values()] };
    });
  }
}

/** Nobody looks at what has no inbox: it is a mail that somebody waits for. */
const isUrgent = ({ inbox }: LedgerEntry) => !inbox;

/** Kafka may deliver an event twice in one batch. */
function uniqueById(entries: readonly LedgerEntry[]): LedgerEntry[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

import type { LinkMetrics } from '../metrics/link-metrics.ts';
import { silentLog, type CacheLog } from './cache-log.ts';
import { Debts } from './debts.ts';
import { FailureStreak } from './failure-streak.ts';
import { epochKey, noEpoch, type CacheRedis } from './redis-client.ts';
import { within } from './time-limit.ts';

/** The time limits of a link, each in ms. */
export interface LinkLimits {
  /** A read, and a probe: what a request may lose to a slow Redis. */
  readonly readMs: number;
  /** A tombstone: what an acknowledgement may lose to a slow Redis. */
  readonly writeMs: number;
  /** A read or store of JSON values, which may take longer. */
  readonly jsonMs: number;
  /** Raising the epoch, in the background. */
  readonly epochMs: number;
  /** Between two probes, at most. */
  readonly probeEveryMs: number;
}

const defaultLimits: LinkLimits = { readMs: 15, writeMs: 100, jsonMs: 50, epochMs: 500, probeEveryMs: 250 };

/** So many failures in a row, over so many ms, and Redis is not asked until a probe is back in time. */
const failuresToDistrust = 3;
/** A machine at its limits stalls any process for 30 ms now and then; to go on without Redis costs it more. */
const failingToDistrustMs = 100;
/** So many silent probes in a row and the connection is given up for a new one. */
const probesToReconnect = 4;
/** The first probe comes soon, as most trouble is a hiccup; the next ones each after twice the time. */
const firstProbeMs = 50;
/** Commands under way, unanswered ones included: beyond it Redis is passed over. */
const maxPendingCommands = 2_000;

type State = 'trusted' | 'untrusted' | 'closed';

/**
 * One instance's connection to the cache Redis, and whether it may be believed.
 *
 * Guarantee: after a write that could not be noted in Redis, and after a lost connection, nothing is asked
 * of Redis before the cache epoch has been raised, which makes every record of before a miss for everyone.
 * Failure: nothing rejects. A dead or slow Redis costs a call `readMs` at most; when nothing but
 * failures came for 100 ms, none is made (state `untrusted`) until a probe has been answered within `readMs`.
 */
export class RedisLink {
  readonly limits: LinkLimits;
  private readonly recovered: (() => void)[] = [];
  private readonly debts = new Debts();
  private readonly streak: FailureStreak;
  private state: State = 'untrusted';
  private wasReady = false;
  private currentGeneration = 0;
  private currentEpoch = noEpoch;
  private probeAfterMs = firstProbeMs;
  private silentProbes = 0;
  private pending = 0;
  private probing = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly client: CacheRedis,
    private readonly metrics: LinkMetrics,
    private readonly log: CacheLog = silentLog,
    limits: Partial<LinkLimits> = {},
  ) {
    this.limits = { ...defaultLimits, ...limits };
    this.streak = new FailureStreak(failuresToDistrust, failingToDistrustMs);
    client.on('ready', () => this.onReady());
    client.on('close', () => this.onClose());
    client.on('error', (error) => this.log.warn({ error: error.message }, 'The cache connection failed.'));
  }

  /** Whether reads and puts are sent to Redis now. */
  get trusted(): boolean {
    return this.state === 'trusted';
  }

  /** The epoch as last read; null while Redis is not trusted. */
  get epoch(): string | null {
    return this.state === 'trusted' ? this.currentEpoch : null;
  }

  /** Another epoch was read beside a record. */
  observeEpoch(epoch: string): void {
    this.currentEpoch = epoch;
  }

  /** How often a connection was lost. */
  get generation(): number {
    return this.currentGeneration;
  }

  /** Begins to connect, and keeps trying. Never throws and never waits. */
  start(): void {
    // A failed first attempt is reported by the 'error' event, and is followed by the next one.
    void this.client.connect().catch(() => undefined);
  }

  /** Calls back each time the epoch has been raised, before anything is read from Redis again. */
  onRecovered(listener: () => void): void {
    this.recovered.push(listener);
  }

  /** Asks Redis something, if it is trusted; undefined where it is not, failed, or was late. */
  async runCommand<T>(
    operation: string,
    command: (client: CacheRedis) => Promise<T>,
    limitMs?: number,
  ): Promise<T | undefined> {
    if (this.state !== 'trusted') return undefined;
    return this.send(operation, command, limitMs ?? this.limits.readMs);
  }

  /**
   * Notes a write in Redis, also while it is not trusted, as others may still be reading from it.
   * Undefined where it is not known to have arrived: then it is owed, and with it a new epoch, unless the
   * answer comes after all.
   */
  async recordWrite<T>(
    operation: string,
    command: (client: CacheRedis) => Promise<T>,
  ): Promise<T | undefined> {
    if (this.client.status !== 'ready') {
      this.owe({});
      return undefined;
    }
    const debt = {};
    const paying = async (client: CacheRedis): Promise<T> => {
      const answer = await command(client);
      this.debts.forgive(debt);
      return answer;
    };
    const answer = await this.send(operation, paying, this.limits.writeMs);
    if (answer === undefined) this.owe(debt);
    return answer;
  }

  /** Ends the connection. Commands under way are given up. */
  close(): void {
    this.state = 'closed';
    clearTimeout(this.timer);
    this.client.disconnect();
  }

  private async send<T>(
    operation: string,
    command: (client: CacheRedis) => Promise<T>,
    limitMs: number,
  ): Promise<T | undefined> {
    if (this.pending >= maxPendingCommands) {
      this.metrics.failed(operation, 'crowded');
      return undefined;
    }
    this.pending += 1;
    const answer = command(this.client).finally(() => (this.pending -= 1));
    const limited = await within(limitMs, answer);
    if (limited.ok) {
      this.streak.end();
      return limited.value;
    }
    this.metrics.failed(operation, limited.late ? 'late' : 'failed');
    if (this.streak.fail(performance.now())) this.distrust('It fails or is slow.', firstProbeMs);
    return undefined;
  }

  private onReady(): void {
    this.wasReady = true;
    this.silentProbes = 0;
    void this.probe();
  }

  private onClose(): void {
    if (this.wasReady) {
      this.wasReady = false;
      this.currentGeneration += 1;
      this.debts.owe({});
    }
    this.distrust('The connection was lost.', firstProbeMs);
  }

  private owe(debt: object): void {
    this.debts.owe(debt);
    // Raising the epoch costs everyone: the answer may still come.
    this.distrust('A write could not be noted.', this.limits.probeEveryMs);
  }

  private distrust(reason: string, probeAfterMs: number): void {
    if (this.state === 'trusted') {
      this.state = 'untrusted';
      this.probeAfterMs = probeAfterMs;
      this.metrics.trust(false);
      this.log.warn({ reason, owed: this.debts.size }, 'The cache is passed over.');
    }
    this.probeLater();
  }

  private trust(): void {
    if (this.state !== 'untrusted') return;
    this.state = 'trusted';
    this.streak.end();
    this.silentProbes = 0;
    this.metrics.trust(true);
    this.log.info({}, 'The cache is used.');
  }

  private probeLater(): void {
    if (this.timer !== undefined || this.state !== 'untrusted') return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.probe();
    }, this.probeAfterMs);
    this.timer.unref();
    this.probeAfterMs = Math.min(this.probeAfterMs * 2, this.limits.probeEveryMs);
  }

  /** Finds out whether Redis may be trusted again: what is owed is paid, and an answer is back in time. */
  private async probe(): Promise<void> {
    if (this.probing || this.state !== 'untrusted' || this.client.status !== 'ready') return;
    this.probing = true;
    this.silentProbes += 1;
    const sound = (await this.pay()) && (await this.answers());
    this.probing = false;
    // A connection that was lost, or a write that failed, during the raise is owed again.
    if (sound && this.debts.size === 0) return this.trust();
    if (this.silentProbes >= probesToReconnect && this.client.status === 'ready') {
      this.silentProbes = 0;
      this.client.disconnect(true);
    }
    this.probeLater();
  }

  private async pay(): Promise<boolean> {
    if (this.debts.size === 0) return true;
    const paid = this.debts.beginPayment();
    const epoch = await within(this.limits.epochMs, this.observed(this.client.incr(epochKey)));
    if (!epoch.ok) return false;
    paid();
    this.metrics.raised();
    for (const listener of this.recovered) listener();
    this.log.info({ epoch: epoch.value }, 'The cache epoch was raised: what was stored before is void.');
    return true;
  }

  private async answers(): Promise<boolean> {
    const answer = await within(this.limits.readMs, this.observed(this.client.get(epochKey)));
    if (answer.ok) this.currentEpoch = answer.value ?? noEpoch;
    return answer.ok;
  }

  /** Any answer, however late, shows that the connection lives: it is slow, and not to be given up. */
  private async observed<T>(reply: Promise<T>): Promise<T> {
    const answer = await reply;
    this.silentProbes = 0;
    return answer;
  }
}

import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { Dynamo } from '@registrar/dynamodb';
import { HealthRegistry } from '@registrar/service';
import { minuteOf, positionOf, revocationLifeMs, revocationOf } from './revocation.ts';
import type { RevocationItem } from './revocation.ts';
import { Revocations } from './revocations.ts';

/** Time between the ends and beginnings of two looks, ms. */
const everyMs = 400;
/** Each look goes back this far behind the last: commits that took long, clocks that differ. */
const overlapMs = 10_000;
/** Without a successful look for so long, this instance no longer knows who was signed out. */
const trustedForMs = 10_000;
const minuteMs = 60_000;

/**
 * Learns from the table, about twice a second, which tokens were revoked by any instance.
 *
 * Guarantee: a committed revocation holds here within 1 s while the table answers, whatever Redis and Kafka do.
 * An instance knows those of the last 16 minutes before it listens. Failure: when the table is away `trusted`
 * turns false after 10 s; nobody can revoke anything then either, and signed-in requests are refused.
 */
@Injectable()
export class RevocationPoller implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(RevocationPoller.name);
  private readonly table: string;
  private readSince = -Infinity;
  private succeededAt = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly dynamo: Dynamo,
    private readonly revocations: Revocations,
    health: HealthRegistry,
  ) {
    this.table = dynamo.tables.name('revocations');
    health.register('revocations', 'always', () => ({ state: this.trusted ? 'up' : 'down' }));
  }

  /** Whether this instance knows which tokens are dead. */
  get trusted(): boolean {
    return performance.now() - this.succeededAt < trustedForMs;
  }

  async onModuleInit(): Promise<void> {
    await this.look();
    this.again();
  }

  /** Looks now, or shares the look that has not begun to read yet. */
  look(): Promise<void> {
    this.looking ??= this.read().finally(() => (this.looking = undefined));
    return this.looking;
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  private again(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.look().then(() => this.again()), everyMs);
  }

  private async read(): Promise<void> {
    const now = Date.now();
    const since = Math.max(this.readSince - overlapMs, now - revocationLifeMs);
    try {
      const minutes = Array.from(
        { length: Math.floor(now / minuteMs) - Math.floor(since / minuteMs) + 2 },
        (_, at) => minuteOf(since + at * minuteMs),
      );
      await Promise.all(minutes.map((minute) => this.readMinute(minute, since)));
      if (!this.trusted) this.logger.log('revocations are known', RevocationPoller.name);
      this.readSince = now;
      this.succeededAt = performance.now();
      this.revocations.sweep(now);
    } catch (error) {
      this.logger.warn({ err: error }, 'revocations cannot be read', RevocationPoller.name);
    }
  }

  private async readMinute(minute: string, since: number): Promise<void> {
    const items = this.dynamo.queryAll<RevocationItem>(
      {
        TableName: this.table,
        KeyConditionExpression: '#minute = :minute AND at_id >= :since',
        ExpressionAttributeNames: { '#minute': 'minute' },
        ExpressionAttributeValues: { ':minute': minute, ':since': positionOf(since) },
        ConsistentRead: true,
      },
      1_000_000,
    );
    for await (const item of items) this.revocations.apply(revocationOf(item));
  }
}

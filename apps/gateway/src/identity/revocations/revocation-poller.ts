import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import { PeriodicTask } from '@registrar/async';
import { Dynamo } from '@registrar/dynamodb';
import { HealthRegistry } from '@registrar/service';
import { positionOf, revocationLifeMs, revocationOf } from './revocation.ts';
import type { RevocationItem } from './revocation.ts';
import { allMinutes, minuteOfTurn, minutesBetween } from './revocation-window.rules.ts';
import { Revocations } from './revocations.ts';

/** Pause between two polls, ms. */
const everyMs = 400;
/** Each poll overlaps the last by this, for slow commits and clocks that differ. */
const overlapMs = 60_000;
/** Without a successful poll for this long, this instance's list of revocations is not current, ms. */
const freshForMs = 10_000;
/** Entries of one minute at most; a poll that finds more fails. */
const maxOfMinute = 1_000_000;

/**
 * Polls the table, about twice a second, for tokens revoked by any instance.
 *
 * Guarantee: a committed revocation holds here within 1 s while the table answers, whatever Redis and Kafka do,
 * if it was stamped less than a minute before its commit. Each poll also reads one minute of the last 21 and
 * the next 5, so that one whose writer was paused for longer, or whose clock is off, holds within 15 s without
 * Kafka; with it the event brings it at once. An instance reads all of them before it listens.
 * Failure: with the table away `isFresh` turns false after 10 s; nothing can be revoked then either, and signed-in
 * requests are refused.
 */
@Injectable()
export class RevocationPoller implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(RevocationPoller.name);
  private readonly table: string;
  private readSince = -Infinity;
  private succeededAt = -Infinity;
  private turn = 0;
  private readonly polling = new PeriodicTask(() => this.poll(), {
    everyMs,
    firstAfterMs: everyMs,
    onError: (error) => this.logger.warn({ err: error }, 'revocations cannot be read'),
  });

  constructor(
    private readonly dynamo: Dynamo,
    private readonly revocations: Revocations,
    health: HealthRegistry,
  ) {
    this.table = dynamo.tables.name('revocations');
    health.register('revocations', 'always', () => ({ state: this.isFresh ? 'up' : 'down' }));
  }

  /** Whether this instance's list of revocations is current. */
  get isFresh(): boolean {
    return performance.now() - this.succeededAt < freshForMs;
  }

  async onModuleInit(): Promise<void> {
    await this.refreshRevocations();
    this.polling.start();
  }

  /** Polls now, or joins the poll that is under way. Never rejects. */
  refreshRevocations(): Promise<void> {
    return this.polling.trigger();
  }

  onApplicationShutdown(): Promise<void> {
    return this.polling.stop();
  }

  private async poll(): Promise<void> {
    const now = this.dynamo.now();
    // This clock may have been set back since the last poll.
    const since = Math.max(Math.min(this.readSince, now) - overlapMs, now - revocationLifeMs);
    const recent = this.readSince === -Infinity ? allMinutes(now) : minutesBetween(since, now);
    await Promise.all([
      ...recent.map((minute) => this.readMinute(minute, positionOf(since))),
      this.readMinute(minuteOfTurn(this.turn, now), positionOf(0)),
    ]);
    if (!this.isFresh) this.logger.log('revocations are known');
    this.turn += 1;
    this.readSince = now;
    this.succeededAt = performance.now();
    this.revocations.sweep();
  }

  private async readMinute(minute: string, from: string): Promise<void> {
    const items = this.dynamo.queryAll<RevocationItem>(
      {
        TableName: this.table,
        KeyConditionExpression: '#minute = :minute AND at_id >= :from',
        ExpressionAttributeNames: { '#minute': 'minute' },
        ExpressionAttributeValues: { ':minute': minute, ':from': from },
        ConsistentRead: true,
      },
      maxOfMinute,
    );
    for await (const item of items) this.revocations.apply(revocationOf(item));
  }
}

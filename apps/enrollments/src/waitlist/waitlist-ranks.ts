import { Injectable } from '@nestjs/common';
import { SingleFlight } from '@registrar/async';
import { Dynamo } from '@registrar/dynamodb';
import { LRUCache } from 'lru-cache';
import { steadyNow } from '@registrar/service';

/** Positions are shown at most 2 s old; half of that leaves room for the answer's way. */
const maxAgeMs = 1_000;
const maxWaiting = 20_000;

interface Ranks {
  /** Tickets in order. */
  tickets: number[];
  readAt: number;
}

/** Positions on waitlists: one query per course and second, however many students want theirs (single-flight). */
@Injectable()
export class WaitlistRanks {
  private readonly held = new LRUCache<string, Ranks>({ max: 2_000 });
  private readonly reads = new SingleFlight<Ranks>();

  constructor(private readonly dynamo: Dynamo) {}

  /**
   * The position (from 1) of a ticket on the waitlist of a class, at most 1 s old; null where it waits no more.
   *
   * For a ticket that is not in the list in memory the list is read again. Failure: throws StoreUnavailable.
   */
  async rankOf(courseId: string, ticket: number): Promise<number | null> {
    const held = this.held.get(courseId);
    const fresh = held !== undefined && steadyNow() - held.readAt < maxAgeMs ? held : undefined;
    const ranks =
      fresh && position(fresh, ticket) !== null
        ? fresh
        : await this.reads.share(courseId, () => this.query(courseId));
    return position(ranks, ticket);
  }

  private async query(courseId: string): Promise<Ranks> {
    const readAt = steadyNow();
    const query = {
      TableName: this.dynamo.tables.name('waitlist'),
      KeyConditionExpression: 'course_id = :course',
      ProjectionExpression: 'ticket',
      ExpressionAttributeValues: { ':course': courseId },
      ConsistentRead: true,
    };
    const items = await Array.fromAsync(this.dynamo.queryAll<{ ticket: number }>(query, maxWaiting));
    const ranks = { tickets: items.map(({ ticket }) => ticket), readAt };
    this.held.set(courseId, ranks);
    return ranks;
  }
}

function position({ tickets }: Ranks, ticket: number): number | null {
  const index = tickets.indexOf(ticket);
  return index < 0 ? null : index + 1;
}

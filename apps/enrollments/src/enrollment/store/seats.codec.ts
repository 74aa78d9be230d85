import { fromRow, toRow } from '@registrar/dynamodb';
import type { Row } from '@registrar/dynamodb';
import type { Seats } from '../enrollment.types.ts';

/** What stands in the item only while there is such a thing. */
type Passing = 'promotion' | 'cancellation' | 'refused';

/** An item of the `course_seats` table. */
export type SeatsItem = Omit<Row<Seats>, Passing> &
  Partial<Pick<Seats, Passing>> & {
    /** Present while work is pending: the sparse index `PendingWork` is made of it. */
    pending_shard?: string;
    pending_at?: number;
  };

/** The seats that an item holds. */
export function seatsOf({ pending_shard: _shard, pending_at: _at, ...item }: SeatsItem): Seats {
  return fromRow<Seats>({ promotion: null, cancellation: null, refused: null, ...item });
}

/** The item of seats; `pending` puts it on the index of deferred work. */
export function seatsItem(
  { promotion, cancellation, refused, ...seats }: Seats,
  pending: PendingMark | undefined,
): SeatsItem {
  return {
    ...toRow(seats),
    ...(promotion && { promotion }),
    ...(cancellation && { cancellation }),
    ...(refused && { refused }),
    ...(pending && { pending_shard: pending.shard, pending_at: pending.at }),
  };
}

/** Where an item stands on an index of pending work. */
export interface PendingMark {
  shard: string;
  /** Milliseconds since the epoch. */
  at: number;
}

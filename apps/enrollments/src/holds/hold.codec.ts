import type { Hold } from '@registrar/contracts-enrollments';
import { shardOf } from '@registrar/dynamodb';
import type { ActiveHold } from '../enrollment/student-record/student-record.types.ts';

/** Name of the table of holds, released ones too. */
export const holdsTable = 'holds';

/** An item of the `holds` table. */
export interface HoldItem {
  id: string;
  user_id: string;
  office: string;
  reason: string;
  blocks: Hold['blocks'];
  placed_at: string;
  placed_by: string;
  released_at?: string;
  released_by?: string;
  /** Time and id: sorts both indexes. */
  placed_key: string;
  /** Key of the index of all holds. */
  list_shard: string;
  /** TTL of a released one, seconds. */
  expires_at?: number;
}

/** The hold that an item is. */
export function holdOf(item: HoldItem): Hold {
  return {
    id: item.id,
    userId: item.user_id,
    office: item.office,
    reason: item.reason,
    blocks: item.blocks,
    placedAt: item.placed_at,
    placedBy: item.placed_by,
    releasedAt: item.released_at ?? null,
    releasedBy: item.released_by ?? null,
  };
}

/** The item of a hold. */
export function holdItem(hold: Hold): HoldItem {
  const { id, userId, office, reason, blocks, placedAt, placedBy, releasedAt, releasedBy } = hold;
  return {
    id,
    user_id: userId,
    office,
    reason,
    blocks,
    placed_at: placedAt,
    placed_by: placedBy,
    ...(releasedAt !== null && { released_at: releasedAt }),
    ...(releasedBy !== null && { released_by: releasedBy }),
    placed_key: placedKey(hold),
    list_shard: shardOf(id),
  };
}

/** Where a hold stands in lists: by time, then by id. */
export function placedKey({ placedAt, id }: Pick<Hold, 'placedAt' | 'id'>): string {
  return `${placedAt}#${id}`;
}

/** A hold in force, as clients see it. */
export function activeHoldView(userId: string, hold: ActiveHold): Hold {
  return { ...hold, userId, releasedAt: null, releasedBy: null };
}

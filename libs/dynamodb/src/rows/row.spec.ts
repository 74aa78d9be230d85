import { describe, expect, expectTypeOf, it } from 'vitest';
import { fromRow, toRow } from './row.ts';
import type { Row } from './row.ts';

interface Kept {
  id: string;
  userId: string;
  lastSeenAt: number | undefined;
  labels: { someName: string }[];
}

const kept: Kept = { id: 'a', userId: 'usr_1', lastSeenAt: undefined, labels: [{ someName: 'x' }] };

describe('rows', () => {
  it('have the names of the record in snake case, and its values', () => {
    expect(toRow(kept)).toEqual({
      id: 'a',
      user_id: 'usr_1',
      last_seen_at: undefined,
      labels: [{ someName: 'x' }],
    });
    expectTypeOf<Row<Kept>>().toEqualTypeOf<{
      id: string;
      user_id: string;
      last_seen_at: number | undefined;
      labels: { someName: string }[];
    }>();
  });

  it('come back as the record', () => {
    expect(fromRow<Kept>(toRow(kept))).toEqual(kept);
  });
});

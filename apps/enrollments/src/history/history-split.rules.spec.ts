import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EnrollmentRecord, StoredHistoryEntry } from '../enrollment/enrollment.types.ts';
import { joinHistory, maxKept, splitHistory } from './history-split.rules.ts';
import type { HistoryPart } from './history-split.rules.ts';

const entry = (number: number): StoredHistoryEntry => ({
  at: new Date(number).toISOString(),
  action: 'enrolled',
  actorId: 'usr_a',
  actorRole: 'student',
  status: 'enrolled',
  reason: null,
  override: [],
});

function changed(record: EnrollmentRecord): EnrollmentRecord {
  const version = record.version + 1;
  return { ...record, version, history: [...record.history, entry(version)] };
}

const fresh = { id: 'enr_a_b', version: 0, history: [] as StoredHistoryEntry[] } as EnrollmentRecord;

/** A history of `changes` as commits store it: the record after each, and the parts moved up to then. */
function stored(changes: number): { record: EnrollmentRecord; parts: HistoryPart[] }[] {
  const states = [{ record: fresh, parts: [] as HistoryPart[] }];
  for (let count = 0; count < changes; count += 1) {
    const last = states.at(-1) ?? { record: fresh, parts: [] };
    const { kept, moved } = splitHistory(changed(last.record));
    states.push({ record: kept, parts: moved ? [...last.parts, moved] : last.parts });
  }
  return states;
}

describe('a long history', () => {
  it('stays whole and in order, and never more than the bound within the enrollment', () => {
    for (const { record, parts } of stored(420)) {
      expect(record.history.length).toBeLessThanOrEqual(maxKept);
      expect(joinHistory(record, parts)).toEqual(
        Array.from({ length: record.version }, (_, at) => entry(at + 1)),
      );
    }
  });

  it('is given without doubles where more moved after the enrollment was read', () => {
    const states = stored(420);
    fc.assert(
      fc.property(fc.nat(420), fc.nat(420), (read, later) => {
        const { record } = states[Math.min(read, later)] ?? { record: fresh };
        const { parts } = states[Math.max(read, later)] ?? { parts: [] };
        const whole = joinHistory(record, parts);
        expect(whole.map(({ at }) => at)).toEqual(
          Array.from({ length: record.version }, (_, at) => entry(at + 1).at),
        );
      }),
    );
  });

  it('moves whole what an older version kept within the enrollment, and joins it with what that moved', () => {
    const record = stored(0)[0]?.record ?? fresh;
    const long = { ...record, version: 140, history: Array.from({ length: 90 }, (_, at) => entry(at + 51)) };
    const earlier = {
      enrollmentId: long.id,
      first: 1,
      entries: Array.from({ length: 50 }, (_, at) => entry(at + 1)),
    };
    const { kept, moved } = splitHistory(changed(long));
    expect(kept.history).toEqual([137, 138, 139, 140, 141].map(entry));
    expect(joinHistory(kept, [earlier, ...(moved ? [moved] : [])])).toEqual(
      Array.from({ length: 141 }, (_, at) => entry(at + 1)),
    );
  });

  it('moves nothing while it is short', () => {
    const record = stored(maxKept).at(-1)?.record ?? fresh;
    expect(splitHistory(record)).toEqual({ kept: record, moved: undefined });
  });
});

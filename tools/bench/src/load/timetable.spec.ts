import { describe, expect, it } from 'vitest';
import { seededRandom } from '@registrar/testing/random';
import { Timetable } from './timetable.ts';

function departures(count: number, rate = 800, connections = 200) {
  const timetable = new Timetable(rate, connections, seededRandom(7));
  return Array.from({ length: count }, () => timetable.next());
}

describe('Timetable', () => {
  it('keeps its rate: each slot of 1/rate has one departure', () => {
    const slotMs = 1_000 / 800;
    departures(8_000).forEach(({ atMs }, slot) => {
      expect(Math.floor(atMs / slotMs + 1e-9)).toBe(slot);
    });
  });

  it('never goes back in time', () => {
    const times = departures(5_000).map(({ atMs }) => atMs);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
  });

  it('gives each connection its turn, as often as any other', () => {
    const turns = new Map<number, number>();
    for (const { connection } of departures(4_000)) turns.set(connection, (turns.get(connection) ?? 0) + 1);
    expect([...turns.values()]).toEqual(Array(200).fill(20));
  });

  it('does not lock phases: gaps between neighbours vary, and differ from round to round', () => {
    const all = departures(2_000);
    const gapsOf = (round: number) =>
      all
        .slice(round * 200, round * 200 + 199)
        .map(({ atMs }, at) => (all[round * 200 + at + 1]?.atMs ?? 0) - atMs);
    const [first = [], second = []] = [gapsOf(0), gapsOf(1)];
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const around = (values: number[]) => values.map((value) => value - mean(values));
    const product = mean(around(first).map((value, at) => value * (around(second)[at] ?? 0)));
    const spread = (values: number[]) => Math.sqrt(mean(around(values).map((value) => value ** 2)));
    expect(spread(first)).toBeGreaterThan(0.3);
    expect(Math.abs(product / (spread(first) * spread(second)))).toBeLessThan(0.25);
  });

  it('never sends more than two within one slot, so no burst is of its own making', () => {
    const times = departures(8_000).map(({ atMs }) => atMs);
    times.forEach((atMs, at) => expect((times[at + 2] ?? Infinity) - atMs).toBeGreaterThan(1_000 / 800));
  });

  it('refuses a rate of nothing', () => {
    expect(() => new Timetable(0, 1, Math.random)).toThrow(RangeError);
  });
});

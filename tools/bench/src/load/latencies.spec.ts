import { describe, expect, it } from 'vitest';
import { Latencies, percentileOf } from './latencies.ts';

describe('Latencies', () => {
  it('gives exact percentiles by nearest rank, in whatever order times came', () => {
    const latencies = new Latencies();
    for (let ms = 2_000; ms >= 1; ms -= 1) latencies.addLatency(ms);
    expect(latencies.summary()).toEqual({
      count: 2_000,
      minMs: 1,
      averageMs: 1_000.5,
      p50Ms: 1_000,
      p95Ms: 1_900,
      p99Ms: 1_980,
      maxMs: 2_000,
    });
  });

  it('has one slow answer among a hundred as the maximum, not as p99', () => {
    const latencies = new Latencies();
    for (let at = 0; at < 99; at += 1) latencies.addLatency(1);
    latencies.addLatency(500);
    expect(latencies.summary()).toMatchObject({ p99Ms: 1, maxMs: 500 });
  });

  it('is all noughts while there is nothing', () => {
    expect(new Latencies().summary()).toMatchObject({ count: 0, averageMs: 0, p99Ms: 0, maxMs: 0 });
  });

  it('goes on adding after a summary', () => {
    const latencies = new Latencies();
    latencies.addLatency(5);
    latencies.summary();
    latencies.addLatency(1);
    expect(latencies.summary()).toMatchObject({ count: 2, minMs: 1, maxMs: 5 });
  });
});

describe('percentileOf', () => {
  it('of one time is that time', () => {
    expect(percentileOf(Float64Array.of(3), 0.01)).toBe(3);
    expect(percentileOf(Float64Array.of(3), 0.99)).toBe(3);
  });
});

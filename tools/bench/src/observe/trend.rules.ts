/** The change of a figure over time. */
export interface Trend {
  readonly from: number;
  readonly to: number;
  /** Per minute, by the straight line that fits best. */
  readonly perMinute: number;
}

/** A figure at a moment, `[seconds, value]`. */
export type Point = readonly [number, number];

/** The straight line through the last half of `points`. */
export function lastHalfTrend(points: readonly Point[]): Trend {
  const half = points.slice(Math.floor(points.length / 2));
  const from = half[0]?.[1] ?? 0;
  const to = half.at(-1)?.[1] ?? 0;
  const mean = (at: 0 | 1) => half.reduce((sum, point) => sum + point[at], 0) / Math.max(1, half.length);
  const [meanTime, meanValue] = [mean(0), mean(1)];
  const spread = half.reduce((sum, [time]) => sum + (time - meanTime) ** 2, 0);
  const common = half.reduce((sum, [time, value]) => sum + (time - meanTime) * (value - meanValue), 0);
  return { from, to, perMinute: spread === 0 ? 0 : (common / spread) * 60 };
}

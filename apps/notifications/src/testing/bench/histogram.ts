/** A histogram of Prometheus, read from its text: upper bounds and how many observations were at or below. */
export interface Histogram {
  bounds: number[];
  counts: number[];
}

/** The histogram called `name` in `text`, all its labels together. */
export function histogramOf(text: string, name: string): Histogram {
  const sums = new Map<number, number>();
  for (const [, bound = '', count] of text.matchAll(
    new RegExp(`^${name}_bucket\\{.*?le="([^"]+)".*?\\} (\\S+)$`, 'gm'),
  )) {
    const upper = bound === '+Inf' ? Infinity : Number(bound);
    sums.set(upper, (sums.get(upper) ?? 0) + Number(count));
  }
  const bounds = [...sums.keys()].sort((a, b) => a - b);
  return { bounds, counts: bounds.map((bound) => sums.get(bound) ?? 0) };
}

/** What was observed between two readings. */
export function between(before: Histogram, after: Histogram): Histogram {
  return { bounds: after.bounds, counts: after.counts.map((count, at) => count - (before.counts[at] ?? 0)) };
}

/** The share of observations at or below a bound of the histogram. */
export function shareWithin({ bounds, counts }: Histogram, bound: number): number {
  const total = counts.at(-1) ?? 0;
  return total === 0 ? 0 : (counts[bounds.indexOf(bound)] ?? 0) / total;
}

/** A quantile of a list; the list need not be in order. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** One sample of a metrics page. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const line = /^([A-Za-z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const label = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** Reads Prometheus text. Lines that are no samples are skipped. */
export function parseMetrics(text: string): Sample[] {
  return text.split('\n').flatMap((each) => {
    const [, name, labels = '', value] = line.exec(each) ?? [];
    if (name === undefined || value === undefined) return [];
    const read = [...labels.matchAll(label)].map(([, key, quoted]) => [key, quoted]);
    return [{ name, labels: Object.fromEntries(read) as Record<string, string>, value: Number(value) }];
  });
}

function keyOf({ name, labels }: Sample): string {
  return JSON.stringify([name, ...Object.entries(labels).sort()]);
}

/**
 * The increase of each sample between two readings. A new sample counts from 0; so does a counter that is lower than
 * before, as its process restarted.
 */
export function difference(before: readonly Sample[], after: readonly Sample[]): Sample[] {
  const earlier = new Map(before.map((sample) => [keyOf(sample), sample.value]));
  return after.map((sample) => {
    const was = earlier.get(keyOf(sample)) ?? 0;
    return { ...sample, value: sample.value >= was ? sample.value - was : sample.value };
  });
}

/** The samples with this name and these labels. */
function matching(samples: readonly Sample[], name: string, labels: Sample['labels']): Sample[] {
  const wanted = Object.entries(labels);
  return samples.filter(
    (sample) => sample.name === name && wanted.every(([key, value]) => sample.labels[key] === value),
  );
}

/** The sum of all samples with this name and, where given, these labels. */
export function sumOf(samples: readonly Sample[], name: string, labels: Sample['labels'] = {}): number {
  return matching(samples, name, labels).reduce((sum, { value }) => sum + value, 0);
}

/** The sums by one label: `{l1: 10, l2: 3}`. */
export function sumBy(samples: readonly Sample[], name: string, by: string): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { labels, value } of matching(samples, name, {})) {
    const key = labels[by] ?? '';
    sums[key] = (sums[key] ?? 0) + value;
  }
  return sums;
}

/** A histogram's figures; `Infinity` where a quantile lies beyond the last bound. */
export interface HistogramFigures {
  readonly count: number;
  readonly average: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Quantiles of a histogram, interpolated within a bucket as Prometheus does it. */
export function histogramOf(
  samples: readonly Sample[],
  name: string,
  labels: Sample['labels'] = {},
): HistogramFigures {
  const bounds = new Map<number, number>();
  for (const sample of matching(samples, `${name}_bucket`, labels)) {
    const bound = sample.labels['le'] === '+Inf' ? Infinity : Number(sample.labels['le']);
    bounds.set(bound, (bounds.get(bound) ?? 0) + sample.value);
  }
  const buckets = [...bounds].sort(([one], [other]) => one - other);
  const count = sumOf(samples, `${name}_count`, labels);
  const sum = sumOf(samples, `${name}_sum`, labels);
  const at = (share: number) => quantileOf(buckets, count * share);
  return { count, average: count === 0 ? 0 : sum / count, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function quantileOf(buckets: readonly (readonly [number, number])[], rank: number): number {
  let [lower, below] = [0, 0];
  for (const [bound, through] of buckets) {
    if (through >= rank && through > below) {
      return bound === Infinity ? Infinity : lower + ((bound - lower) * (rank - below)) / (through - below);
    }
    [lower, below] = [bound, through];
  }
  return 0;
}

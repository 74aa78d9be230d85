import type { ProcessFigures } from './process-figures.ts';
import { figuresOf } from './process-figures.ts';
import type { Point, Trend } from './trend.rules.ts';
import { lastHalfTrend } from './trend.rules.ts';

/** What one process did while it was watched. */
export interface ProcessResult {
  /** CPU seconds in all. */
  readonly cpuSeconds: number;
  /** Share of one core, on average and in the busiest second. */
  readonly cpuAverage: number;
  readonly cpuMost: number;
  /** `[second, share of one core]`, at most 120 points. */
  readonly cpuOverTime: readonly Point[];
  /** Memory at the end, megabytes, and its trend over the last half. */
  readonly memoryMegabytes: number;
  readonly memoryTrend: Trend;
  /** Sockets that appeared after the first seconds, as far as one sample a second finds them. */
  readonly newSockets: number;
}

const everyMs = 1_000;
/** Samples during which clients and pools are still connecting. */
const settlingSamples = 3;
const bytesPerMegabyte = 1_048_576;
const mostPoints = 120;

interface Sample extends ProcessFigures {
  /** Since the watch began. */
  readonly seconds: number;
}

function rounded(points: readonly Point[]): Point[] {
  const step = Math.ceil(points.length / mostPoints);
  const thinned = points.filter((_, at) => at % step === 0);
  return thinned.map(([second, value]) => [Math.round(second), Number(value.toFixed(3))]);
}

function resultOf(samples: readonly Sample[]): ProcessResult {
  const cpu = samples.slice(1).map(({ seconds, cpuSeconds }, index): Point => {
    const before = samples[index] as Sample;
    return [seconds, (cpuSeconds - before.cpuSeconds) / (seconds - before.seconds)];
  });
  const memory = samples.map(({ seconds, memoryBytes }): Point => [seconds, memoryBytes / bytesPerMegabyte]);
  const settled = new Set(samples.slice(0, settlingSamples).flatMap(({ sockets }) => sockets));
  const later = new Set(samples.slice(settlingSamples).flatMap(({ sockets }) => sockets));
  const cpuSeconds = (samples.at(-1)?.cpuSeconds ?? 0) - (samples[0]?.cpuSeconds ?? 0);
  const [lastSecond] = cpu.at(-1) ?? [0];
  return {
    cpuSeconds,
    cpuAverage: lastSecond === 0 ? 0 : cpuSeconds / lastSecond,
    cpuMost: Math.max(0, ...cpu.map(([, share]) => share)),
    cpuOverTime: rounded(cpu),
    memoryMegabytes: memory.at(-1)?.[1] ?? 0,
    memoryTrend: lastHalfTrend(memory),
    newSockets: [...later].filter((socket) => !settled.has(socket)).length,
  };
}

/** Samples processes once a second, from its making to `stop()`. */
export class Watch {
  private readonly pids: Readonly<Record<string, number>>;
  private readonly startedAtMs = performance.now();
  private readonly samples = new Map<string, Sample[]>();
  private readonly timer: NodeJS.Timeout;

  /** @param pids each process by its name */
  constructor(pids: Readonly<Record<string, number>>) {
    this.pids = pids;
    this.takeSamples();
    this.timer = setInterval(() => this.takeSamples(), everyMs);
  }

  /** Takes the last samples and returns the results; without processes that never were there. */
  stop(): Record<string, ProcessResult> {
    clearInterval(this.timer);
    this.takeSamples();
    return Object.fromEntries([...this.samples].map(([name, samples]) => [name, resultOf(samples)]));
  }

  private takeSamples(): void {
    for (const [name, pid] of Object.entries(this.pids)) {
      const figures = figuresOf(pid);
      if (figures === undefined) continue;
      const samples = this.samples.get(name) ?? [];
      samples.push({ ...figures, seconds: (performance.now() - this.startedAtMs) / 1_000 });
      this.samples.set(name, samples);
    }
  }
}

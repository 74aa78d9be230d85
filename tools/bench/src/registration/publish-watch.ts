import { difference, histogramOf } from '../observe/metrics-text.ts';
import type { Sample } from '../observe/metrics-text.ts';
import type { BenchSystem } from '../phases/bench-system.ts';
import type { Published } from './scenario-result.ts';
import type { RunPart } from './way.ts';

const topic = 'enrollments.enrollment.v1';

/** Measures, part by part, the time from a commit to Kafka's acknowledgement. */
export class PublishWatch {
  private readonly seen: Record<keyof Published, Sample[]> = { spread: [], rushes: [], alone: [] };
  private readonly bench: BenchSystem;

  constructor(bench: BenchSystem) {
    this.bench = bench;
  }

  /** Runs a part of the system's run. */
  readonly part: RunPart = async (name, work) => {
    const before = await this.bench.metrics();
    const result = await work();
    await this.bench.untilIdle();
    this.seen[name].push(...difference(before, await this.bench.metrics()));
    return result;
  };

  published(): Published {
    const of = (name: keyof Published) => histogramOf(this.seen[name], 'outbox_publish_seconds', { topic });
    return { spread: of('spread'), rushes: of('rushes'), alone: of('alone') };
  }
}

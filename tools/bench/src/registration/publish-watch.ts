import { difference, histogramOf } from '../observe/metrics-text.ts';
import type { Sample } from '../observe/metrics-text.ts';
import type { BenchSystem } from '../phases/bench-system.ts';
import type { Published } from './scenario-result.ts';
import type { Watch } from './way.ts';

const topic = 'enrollments.enrollment.v1';

/** Looks, part by part, at how long the system's events are on their way to Kafka. */
export class PublishWatch implements Watch {
  readonly #seen: Record<keyof Published, Sample[]> = { spread: [], rushes: [], alone: [] };

  readonly #bench: BenchSystem;

  constructor(bench: BenchSystem) {
    this.#bench = bench;
  }

  rest = (): Promise<void> => this.#bench.untilQuiet();

  part = async <T>(name: keyof Published, work: () => Promise<T>): Promise<T> => {
    const before = await this.#bench.metrics();
    const result = await work();
    // What was committed last is on its way still.
    await this.rest();
    this.#seen[name].push(...difference(before, await this.#bench.metrics()));
    return result;
  };

  published(): Published {
    const of = (name: keyof Published) => histogramOf(this.#seen[name], 'outbox_publish_seconds', { topic });
    return { spread: of('spread'), rushes: of('rushes'), alone: of('alone') };
  }
}

import { deepEqual, equal } from 'node:assert/strict';
import * as fc from 'fast-check';
import { keys } from '../keys/cache-keys.ts';
import { CachedBody } from '../record/cached-body.ts';
import type { LoadMark } from '../record/cache-record.ts';
import { dominates, mergeVersions, type VersionVector } from '../versions/version-vector.rules.ts';
import type { LevelPromise } from './cache-level.contract.ts';
import type { LevelUnderTest } from './level-under-test.ts';

type Component = 'fall' | 'spring';

/** One step of a history: a load begins or ends, or a write commits and then puts, invalidates, or is late to. */
type Step =
  | { readonly kind: 'begin' | 'end'; readonly load: number }
  | { readonly kind: 'commit'; readonly component: Component; readonly then: 'put' | 'invalidate' | 'later' }
  | { readonly kind: 'catch up' }
  | { readonly kind: 'void' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('begin' as const, 'end' as const), load: fc.nat(1) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('commit' as const),
      component: fc.constantFrom('fall' as const, 'spring' as const),
      then: fc.constantFrom('put' as const, 'invalidate' as const, 'later' as const),
    }),
  },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'catch up' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'void' }) },
);

const thing = keys('histories', { run: 'run:{id}' });
let runs = 0;

/** A source with loads and writers around one key of a level. */
class History {
  private source: VersionVector = {};
  private acknowledged: VersionVector = {};
  private readonly late: VersionVector[] = [];
  private readonly loads = new Map<number, { mark: LoadMark; seen: VersionVector }>();
  private readonly key = thing.run({ id: ++runs });

  constructor(private readonly subject: LevelUnderTest) {}

  async play(next: Step): Promise<void> {
    if (next.kind === 'begin') this.loads.set(next.load, { mark: await this.mark(), seen: this.source });
    else if (next.kind === 'end') await this.end(next.load);
    else if (next.kind === 'commit') await this.commit(next.component, next.then);
    else if (next.kind === 'void') await this.subject.makeVoid();
    else await this.invalidate(this.late.shift());
    await this.verify();
  }

  private async mark(): Promise<LoadMark> {
    return (await this.subject.level.read(this.key)).mark;
  }

  private async end(id: number): Promise<void> {
    const load = this.loads.get(id);
    this.loads.delete(id);
    if (load) await this.put(load.seen, load.mark);
  }

  private async commit(component: Component, then: 'put' | 'invalidate' | 'later'): Promise<void> {
    const mark = await this.mark();
    const raised = { [component]: (this.source[component] ?? 0) + 1 };
    this.source = mergeVersions(this.source, raised);
    if (then === 'later') this.late.push(raised);
    else if (then === 'invalidate') await this.invalidate(raised);
    else {
      await this.put(this.source, mark);
      await this.invalidate(raised);
    }
  }

  private async put(versions: VersionVector, mark: LoadMark): Promise<void> {
    const body = CachedBody.of(JSON.stringify(versions));
    await this.subject.level.put(this.key, { versions, body, freshUntil: this.subject.now() + 60_000 }, mark);
  }

  private async invalidate(versions: VersionVector | undefined): Promise<void> {
    if (!versions) return;
    await this.subject.level.invalidate(this.key, versions);
    this.acknowledged = mergeVersions(this.acknowledged, versions);
  }

  /** What is served is a state that the source once had, with every acknowledged write. */
  private async verify(): Promise<void> {
    const { record } = await this.subject.level.read(this.key);
    if (!record) return;
    deepEqual(JSON.parse(String(record.body?.bytes)), { ...record.versions });
    equal(dominates(record.versions, this.acknowledged), true, 'a write that was acknowledged is not in it');
    equal(dominates(this.source, record.versions), true, 'it knows more than the source');
  }
}

/**
 * In any history of loads, writes and lost connections, nothing older than an acknowledged write is served.
 * `seed` repeats a run.
 */
export function anyHistory(runs = 300, seed?: number): LevelPromise {
  return {
    name: 'serves nothing older than an acknowledged write, in any history of loads, writes and lost connections',
    async check(subject) {
      const histories = fc.array(step, { minLength: 1, maxLength: 20 });
      const property = fc.asyncProperty(histories, async (steps) => {
        const history = new History(subject);
        for (const next of steps) await history.play(next);
      });
      await fc.assert(property, { numRuns: runs, ...(seed === undefined ? {} : { seed }) });
    },
  };
}

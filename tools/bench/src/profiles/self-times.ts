import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of a V8 CPU profile that are read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  /** The node that ran at each sample. */
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

/** A function and its share of the time that was not idle. */
export interface SelfTime {
  readonly name: string;
  readonly share: number;
}

const waiting = new Set(['(idle)', '(root)']);

/** The path of a script from the last `node_modules`, or within the checkout. */
function shortened(url: string): string {
  return url.replace(/^file:\/\//, '').replace(/^.*\/(node_modules\/|apps\/|libs\/)/, '$1');
}

const microsecondsPerSecond = 1_000_000;

/** The first sample of the last `seconds` of a profile. */
function firstOfLast(timeDeltas: readonly number[], seconds: number): number {
  let left = seconds * microsecondsPerSecond;
  let at = timeDeltas.length;
  while (at > 0 && left > 0) left -= timeDeltas[(at -= 1)] ?? 0;
  return at;
}

/** Self time by function in the last `seconds`, most first. */
export function selfTimes({ nodes, samples, timeDeltas }: CpuProfile, seconds = Infinity): SelfTime[] {
  const first = firstOfLast(timeDeltas, seconds);
  const nameOf = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const place = url === '' ? '' : ` ${shortened(url)}:${lineNumber + 1}`;
      return [id, `${functionName || '(anonymous)'}${place}`];
    }),
  );
  const times = new Map<string, number>();
  samples.forEach((id, at) => {
    const name = nameOf.get(id) ?? '(unknown)';
    if (at >= first && !waiting.has(name)) times.set(name, (times.get(name) ?? 0) + (timeDeltas[at] ?? 0));
  });
  const all = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([name, time]) => ({ name, share: all === 0 ? 0 : time / all }))
    .sort((one, other) => other.share - one.share);
}

/** The profile that a process left in a folder; undefined where it left none. */
export function readProfile(directory: string, pid: number): CpuProfile | undefined {
  // CPU.<date>.<time>.<pid>.<thread>.<number>.cpuprofile; the main thread is 0.
  const file = readdirSync(directory).find((name) => new RegExp(`\\.${pid}\\.0\\.`).test(name));
  return file === undefined
    ? undefined
    : (JSON.parse(readFileSync(join(directory, file), 'utf8')) as CpuProfile);
}

import type { ProcessFigures } from './process-figures.ts';
import { figuresOf } from './process-figures.ts';

/** What a process did while it was watched. */
export interface WatchedProcess {
  /** CPU used, seconds. */
  readonly cpuSeconds: number;
  /** `[seconds since the start, share of one core]`. */
  readonly cpuOverTime: readonly (readonly [number, number])[];
  /** `[seconds since the start, megabytes]`. */
  readonly memoryOverTime: readonly (readonly [number, number])[];
  /** Sockets that it opened or took after the first seconds, as far as a look each second finds them. */
  readonly newSockets: number;
}

const everyMs = 1_000;
/** Until then clients and pools are still connecting, looks. */
const settlingLooks = 3;
const bytesPerMegabyte = 1_048_576;

interface Look {
  readonly atMs: number;
  readonly figures: ProcessFigures;
}

function watched(looks: readonly Look[], startedAtMs: number): WatchedProcess {
  const [first] = looks;
  const last = looks.at(-1);
  const cpuOverTime = looks.slice(1).map(({ atMs, figures }, index) => {
    const before = looks[index] as Look;
    const share = (figures.cpuSeconds - before.figures.cpuSeconds) / ((atMs - before.atMs) / 1_000);
    return [(atMs - startedAtMs) / 1_000, share] as const;
  });
  const memoryOverTime = looks.map(
    ({ atMs, figures }) => [(atMs - startedAtMs) / 1_000, figures.memoryBytes / bytesPerMegabyte] as const,
  );
  const settled = new Set(looks.slice(0, settlingLooks).flatMap(({ figures }) => figures.sockets));
  const later = new Set(looks.slice(settlingLooks).flatMap(({ figures }) => figures.sockets));
  const newSockets = [...later].filter((socket) => !settled.has(socket)).length;
  const cpuSeconds = (last?.figures.cpuSeconds ?? 0) - (first?.figures.cpuSeconds ?? 0);
  return { cpuSeconds, cpuOverTime, memoryOverTime, newSockets };
}

/** Looks at processes once a second, from its making to `stop()`. */
export class Watch {
  private readonly pids: Readonly<Record<string, number>>;
  private readonly startedAtMs = performance.now();
  private readonly looks = new Map<string, Look[]>();
  private readonly timer: NodeJS.Timeout;

  /** @param pids what to call each process, and its pid */
  constructor(pids: Readonly<Record<string, number>>) {
    this.pids = pids;
    this.look();
    this.timer = setInterval(() => this.look(), everyMs);
  }

  /** Looks once more and tells what was seen; a process that was never there is left out. */
  stop(): Record<string, WatchedProcess> {
    clearInterval(this.timer);
    this.look();
    return Object.fromEntries(
      [...this.looks].map(([name, looks]) => [name, watched(looks, this.startedAtMs)]),
    );
  }

  private look(): void {
    for (const [name, pid] of Object.entries(this.pids)) {
      const figures = figuresOf(pid);
      if (figures === undefined) continue;
      const looks = this.looks.get(name) ?? [];
      looks.push({ atMs: performance.now(), figures });
      this.looks.set(name, looks);
    }
  }
}

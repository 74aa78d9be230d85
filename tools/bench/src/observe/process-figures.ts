import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** Clock ticks of a second in /proc: the same on every current Linux. */
const ticksPerSecond = 100;
const bytesPerPage = 4_096;

/** The figures of a process at a moment. */
export interface ProcessFigures {
  /** CPU used since its start, seconds. */
  readonly cpuSeconds: number;
  /** Memory in use, bytes. */
  readonly memoryBytes: number;
  /** Its open sockets, by their numbers. */
  readonly sockets: readonly string[];
}

/** CPU seconds from the text of `/proc/<pid>/stat`; the name in it may contain spaces and brackets. */
export function cpuSecondsOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function socketsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
      return target.startsWith('socket:') ? [target] : [];
    } catch {
      return []; // closed meanwhile
    }
  });
}

/** Reads the figures of a process from /proc; undefined where there is no such process, or no Linux. */
export function figuresOf(pid: number): ProcessFigures | undefined {
  try {
    return {
      cpuSeconds: cpuSecondsOf(readFileSync(`/proc/${pid}/stat`, 'utf8')),
      memoryBytes: Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * bytesPerPage,
      sockets: socketsOf(pid),
    };
  } catch {
    return undefined;
  }
}

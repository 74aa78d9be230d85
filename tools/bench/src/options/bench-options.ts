import { parseArgs } from 'node:util';
import { StackFault } from '@registrar/stack';

/** The options of `npm run bench`. */
export interface BenchOptions {
  /** 1 is 2,000 courses, 2,000 users, 10,000 enrollments. */
  readonly scale: number;
  /** Length of the steady run at 800 requests a second. */
  readonly minutes: number;
  /** A run of about a minute on little data, to see that everything works; its figures mean nothing. */
  readonly quick: boolean;
  /** Leaves out the system before, which takes longest. */
  readonly withoutBefore: boolean;
}

/** How long each part of a run takes, seconds. */
export interface Durations {
  readonly steady: number;
  readonly saturation: number;
  readonly bare: number;
  readonly before: number;
  readonly paced: number;
}

/** Reads a number above 0. @throws StackFault for any other text */
export function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0))
    throw new StackFault(
      `--${name} must be a number above 0, not "${text}".`,
      'tools/bench/README.md shows the options.',
    );
  return value;
}

/** Reads the arguments. @throws StackFault that says what is wrong with them */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scale: { type: 'string' },
      minutes: { type: 'string' },
      quick: { type: 'boolean', default: false },
      'without-before': { type: 'boolean', default: false },
    },
  });
  const { quick } = values;
  return {
    scale: positive('scale', values.scale ?? (quick ? '0.1' : '1')),
    minutes: positive('minutes', values.minutes ?? (quick ? '0.1' : '2')),
    quick,
    withoutBefore: values['without-before'],
  };
}

/** The options of `npm run bench -- overload`. */
export interface OverloadOptions {
  /** A run on little data, to see that everything works; its figures mean nothing. */
  readonly quick: boolean;
  /** Whether another process uses a whole processor meanwhile. */
  readonly busy: boolean;
}

/** Reads the arguments after `overload`. @throws TypeError for one that there is not */
export function overloadOptions(args: readonly string[]): OverloadOptions {
  const boolean = { type: 'boolean', default: false } as const;
  return parseArgs({ args: [...args], options: { quick: boolean, busy: boolean } }).values;
}

/** The durations that go with the options. */
export function durationsOf({ minutes, quick }: BenchOptions): Durations {
  const steady = minutes * 60;
  return quick
    ? { steady, saturation: 2, bare: 1, before: 2, paced: 3 }
    : { steady, saturation: 15, bare: 6, before: 30, paced: 30 };
}

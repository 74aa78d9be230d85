import type { Snapshot } from '../snapshot/snapshot.ts';

/** One violation of an invariant. */
export interface Violation {
  /** In words, with the ids that matter. */
  readonly message: string;
  /** The course whose history explains it, where there is one. */
  readonly courseId?: string;
}

/** The result of one invariant. */
export interface Finding {
  /** Number of checks. */
  readonly checked: number;
  readonly violations: readonly Violation[];
  /** What was noticed and is no violation, such as overrides. */
  readonly noted?: Readonly<Record<string, number>>;
}

/** A condition that must always hold. Pure: reads a loaded snapshot and nothing else. */
export interface Invariant {
  /** What it is called in reports, tests and the documentation. */
  readonly name: string;
  /** What it says, in one line. */
  readonly statement: string;
  readonly check: (snapshot: Snapshot) => Finding;
}

/** Counts checks and keeps violations. */
export class Verdict implements Finding {
  checked = 0;
  readonly violations: Violation[] = [];
  readonly noted: Record<string, number> = {};

  /** Counts one check; it is a violation unless `holds`. */
  expect(holds: boolean, message: () => string, courseId?: string): void {
    this.checked += 1;
    if (!holds) this.violations.push({ message: message(), ...(courseId !== undefined && { courseId }) });
  }

  /** Counts something that is no violation. */
  note(what: string, count = 1): void {
    this.noted[what] = (this.noted[what] ?? 0) + count;
  }
}

/** Makes an invariant; `judge` puts what it checks, and what is wrong, into the verdict. */
export function invariant(
  name: string,
  statement: string,
  judge: (snapshot: Snapshot, verdict: Verdict) => void,
): Invariant {
  const check = (snapshot: Snapshot): Finding => {
    const verdict = new Verdict();
    judge(snapshot, verdict);
    return verdict;
  };
  return { name, statement, check };
}

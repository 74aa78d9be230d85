import type { Snapshot } from '../snapshot/snapshot.ts';

/** One thing that is not as it must be. */
export interface Violation {
  /** In words, with the ids that matter. */
  readonly message: string;
  /** The course whose history tells more, where there is one. */
  readonly courseId?: string;
}

/** How one invariant fared. */
export interface Finding {
  /** How many things were looked at. */
  readonly checked: number;
  readonly violations: readonly Violation[];
  /** What was seen on the way and is no violation, such as overrides. */
  readonly noted?: Readonly<Record<string, number>>;
}

/** Something that must hold whatever happened. Pure: looks at a loaded snapshot and at nothing else. */
export interface Invariant {
  /** What it is called in reports, tests and the documentation. */
  readonly name: string;
  /** What it says, in one line. */
  readonly statement: string;
  readonly check: (snapshot: Snapshot) => Finding;
}

/** Counts what is looked at and keeps what is wrong. */
export class Verdict implements Finding {
  checked = 0;
  readonly violations: Violation[] = [];
  readonly noted: Record<string, number> = {};

  /** Counts one thing that was looked at; it is a violation unless `holds`. */
  expect(holds: boolean, message: () => string, courseId?: string): void {
    this.checked += 1;
    if (!holds) this.violations.push({ message: message(), ...(courseId !== undefined && { courseId }) });
  }

  /** Counts something that was seen and is all right. */
  note(what: string, count = 1): void {
    this.noted[what] = (this.noted[what] ?? 0) + count;
  }
}

/** An invariant whose check counts what it looks at, and what is wrong, in a verdict. */
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

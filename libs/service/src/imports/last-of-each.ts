/** Refuses a line that a later one about the same thing follows. */
export interface DuplicateLine {
  line: number;
  code: 'duplicate_line';
  detail: string;
}

/** Of lines about the same thing the last counts; the others are refused. Both in the order of `lines`. */
export function lastOfEach<Line extends { line: number }>(
  lines: readonly Line[],
  keyOf: (line: Line) => string,
): { counting: Line[]; duplicates: DuplicateLine[] } {
  const keys = lines.map(keyOf);
  const last = new Map(keys.map((key, at) => [key, at]));
  const counting: Line[] = [];
  const duplicates: DuplicateLine[] = [];
  for (const [at, each] of lines.entries()) {
    const counts = last.get(keys[at] ?? '') ?? at;
    if (counts === at) counting.push(each);
    else {
      const detail = `Line ${lines[counts]?.line ?? 0} is about the same; that one counts.`;
      duplicates.push({ line: each.line, code: 'duplicate_line', detail });
    }
  }
  return { counting, duplicates };
}

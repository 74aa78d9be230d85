/**
 * Groups of lines that have a key in common, directly or by way of others; each in the order of `lines`, as are the
 * groups by their first lines. What is in two groups has nothing in common.
 */
export function groupsOf<Line>(lines: readonly Line[], keysOf: (line: Line) => readonly string[]): Line[][] {
  const parents = lines.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (parents[root] !== root) root = parents[root] ?? root;
    // The path is cut short, or a chain of lines would be walked for each of them.
    for (let each = at; each !== root;) {
      const next = parents[each] ?? root;
      parents[each] = root;
      each = next;
    }
    return root;
  };
  const firstWith = new Map<string, number>();
  for (const [at, line] of lines.entries()) {
    for (const key of keysOf(line)) {
      const first = firstWith.get(key);
      if (first === undefined) firstWith.set(key, at);
      else {
        const [one, other] = [rootOf(first), rootOf(at)];
        parents[Math.max(one, other)] = Math.min(one, other);
      }
    }
  }
  return [...Map.groupBy(lines.keys(), rootOf).values()].map((places) =>
    places.flatMap((at) => lines[at] ?? []),
  );
}

/** Groups put together to parts of at least `size` lines, but for the last; no group is cut. */
export function partsOf<Line>(groups: readonly Line[][], size: number): Line[][][] {
  const parts: Line[][][] = [];
  let part: Line[][] = [];
  let count = 0;
  for (const group of groups) {
    part.push(group);
    count += group.length;
    if (count < size) continue;
    parts.push(part);
    [part, count] = [[], 0];
  }
  return part.length > 0 ? [...parts, part] : parts;
}

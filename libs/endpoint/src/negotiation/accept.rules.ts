interface Range {
  type: string;
  weight: number;
}

/**
 * The media type of `offered` that an `Accept` header likes best (RFC 9110, 12.5.1); the first where it says
 * nothing, or likes none: that is better than 406.
 *
 * A wildcard never picks another type than the first: files and streams are for those who name them.
 */
export function bestType(accept: string | undefined, offered: readonly [string, ...string[]]): string {
  if (accept === undefined) return offered[0];
  const ranges = accept.split(',').map(rangeOf);
  let best = offered[0];
  let bestWeight = weightOf(best, ranges, true);
  for (const type of offered.slice(1)) {
    const weight = weightOf(type, ranges, false);
    if (weight > bestWeight || (weight > 0 && weight === bestWeight && isNamedFirst(type, best, ranges))) {
      best = type;
      bestWeight = weight;
    }
  }
  return best;
}

function rangeOf(part: string): Range {
  const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
  const q = parameters.find((parameter) => /^q\s*=/.test(parameter));
  const weight = q === undefined ? 1 : Number(q.slice(q.indexOf('=') + 1));
  return { type, weight: weight >= 0 && weight <= 1 ? weight : 0 };
}

function weightOf(type: string, ranges: readonly Range[], wildcards: boolean): number {
  const exact = ranges.find((range) => range.type === type);
  if (exact || !wildcards) return exact?.weight ?? 0;
  const family = `${type.slice(0, type.indexOf('/'))}/*`;
  return (
    ranges.find((range) => range.type === family)?.weight ??
    ranges.find((range) => range.type === '*/*')?.weight ??
    0
  );
}

/** Of two that are liked alike, the one named first; a named one goes before one that only a wildcard covers. */
function isNamedFirst(type: string, other: string, ranges: readonly Range[]): boolean {
  const at = ranges.findIndex((range) => range.type === type);
  const otherAt = ranges.findIndex((range) => range.type === other);
  return otherAt < 0 || at < otherAt;
}

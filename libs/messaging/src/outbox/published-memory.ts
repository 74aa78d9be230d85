/** An entry that Kafka acknowledged. */
interface Acknowledged {
  sequence: number;
  /** Number of its last event. */
  through: number;
}

/**
 * What this process had acknowledged last: how far each aggregate is published, and which entries those were. The
 * oldest is forgotten.
 *
 * How far an aggregate has come says only that nothing need be asked for before the next number. That an entry may
 * be deleted without being sent is said by the entry itself being known.
 */
export class PublishedMemory {
  private readonly through = new Map<string, number>();
  private readonly entries = new Set<string>();

  /** @param capacity aggregates, and entries, that are remembered */
  constructor(private readonly capacity = 20_000) {}

  /** Highest sequence known to be published, or undefined. */
  get(aggregate: string): number | undefined {
    return this.through.get(aggregate);
  }

  /** Whether the entry that begins with `sequence` was acknowledged to this process. */
  has(aggregate: string, sequence: number): boolean {
    return this.entries.has(nameOf(aggregate, sequence));
  }

  /** Notes an acknowledged entry; all of `aggregate` before it is published. */
  addAcknowledged(aggregate: string, { sequence, through }: Acknowledged): void {
    const known = this.through.get(aggregate) ?? 0;
    this.through.delete(aggregate);
    this.through.set(aggregate, Math.max(known, through));
    this.entries.add(nameOf(aggregate, sequence));
    if (this.through.size > this.capacity) deleteFirst(this.through);
    if (this.entries.size > this.capacity) deleteFirst(this.entries);
  }
}

function nameOf(aggregate: string, sequence: number): string {
  return `${aggregate}#${sequence}`;
}

/** The first of a map or set is the one that was put in first. */
function deleteFirst(all: { keys(): Iterator<string>; delete(key: string): boolean }): void {
  const { value } = all.keys().next();
  if (value !== undefined) all.delete(String(value));
}

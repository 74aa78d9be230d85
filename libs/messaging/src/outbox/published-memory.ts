/** How far each aggregate is published, for the aggregates that were published last; the others are forgotten. */
export class PublishedMemory {
  private readonly through = new Map<string, number>();

  constructor(private readonly capacity = 20_000) {}

  /** Highest sequence known to be published, or undefined. */
  get(aggregate: string): number | undefined {
    return this.through.get(aggregate);
  }

  /** Notes that all of `aggregate` up to `through` is published. */
  set(aggregate: string, through: number): void {
    const known = this.through.get(aggregate) ?? 0;
    this.through.delete(aggregate);
    this.through.set(aggregate, Math.max(known, through));
    if (this.through.size <= this.capacity) return;
    const [oldest] = this.through.keys();
    if (oldest !== undefined) this.through.delete(oldest);
  }
}

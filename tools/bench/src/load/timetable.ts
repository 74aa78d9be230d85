import type { Random } from '@registrar/testing/random';

/** When one request is due, milliseconds after the start, and on which connection. */
export interface Departure {
  readonly atMs: number;
  readonly connection: number;
}

/**
 * When requests are due at a steady rate over many connections.
 *
 * Time is cut into slots of one request each; slot `k` belongs to connection `k mod connections`, and its request
 * leaves at a random moment within it. So sends are spread evenly, each connection gets its turn every
 * `connections` slots, and no two connections fall into step: firing all at once, as fixed-rate generators do that
 * start every connection together, measures the queue that the generator made.
 */
export class Timetable {
  private readonly slotMs: number;
  private slot = 0;

  private readonly connections: number;
  private readonly random: Random;

  constructor(ratePerSecond: number, connections: number, random: Random) {
    if (!(ratePerSecond > 0) || connections < 1) throw new RangeError('A rate and a connection are needed.');
    this.connections = connections;
    this.random = random;
    this.slotMs = 1_000 / ratePerSecond;
  }

  /** The next departure; never before the last one. */
  next(): Departure {
    const slot = this.slot;
    this.slot += 1;
    return { atMs: (slot + this.random()) * this.slotMs, connection: slot % this.connections };
  }
}

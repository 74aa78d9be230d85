import { overloaded } from '@registrar/service';
import type { CacheRecord, LevelRead, LoadMark } from '../record/cache-record.ts';
import { dominates } from '../versions/version-vector.rules.ts';

interface Flight {
  readonly mark: LoadMark;
  readonly result: Promise<CacheRecord>;
}

/** How loads are shared. */
interface FlightRules {
  /** Loads under way at once; one more is refused as `overloaded`. */
  readonly max: number;
  /**
   * Whether a read that could not ask Redis may share a load that began before it. It must not where a
   * person is to see the own last write: another instance may have taken it in between.
   */
  readonly shareBlind: boolean;
}

/**
 * One load for a key at a time, shared by concurrent misses.
 *
 * Guarantee: who joins gets nothing older than what was known when it asked: a load that turns out to have
 * begun before a write that the joiner has seen is followed by another.
 * Failure: a failed load fails all who joined. Beyond `max` loads: 503 `overloaded`.
 */
export class Flights {
  private readonly flights = new Map<string, Flight>();
  private activeLoads = 0;

  constructor(private readonly rules: FlightRules) {}

  /** Loads under way. */
  get active(): number {
    return this.activeLoads;
  }

  /** The outcome of a load at least as new as `found`: a shared one, or a new one by `begin`. */
  async join(key: string, found: LevelRead, begin: () => Promise<CacheRecord>): Promise<CacheRecord> {
    const current = this.flights.get(key);
    if (!current || !this.shareable(current, found)) return this.start(key, found.mark, begin).result;
    const record = await current.result;
    if (dominates(record.versions, found.floor)) return record;
    // Whatever began since then began after this read, so it is new enough for it.
    const next = this.flights.get(key);
    return (next && next !== current ? next : this.start(key, found.mark, begin)).result;
  }

  private shareable(flight: Flight, found: LevelRead): boolean {
    if (found.blind && !this.rules.shareBlind) return false;
    const { epoch, link, memory } = flight.mark;
    return epoch === found.mark.epoch && link === found.mark.link && memory === found.mark.memory;
  }

  private start(key: string, mark: LoadMark, begin: () => Promise<CacheRecord>): Flight {
    if (this.activeLoads >= this.rules.max) throw overloaded();
    this.activeLoads += 1;
    const flight: Flight = {
      mark,
      result: begin().finally(() => {
        this.activeLoads -= 1;
        if (this.flights.get(key) === flight) this.flights.delete(key);
      }),
    };
    this.flights.set(key, flight);
    return flight;
  }
}

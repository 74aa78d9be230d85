import { readEvent } from './read-event.ts';
import type { ReadEvent } from './read-event.ts';
import type { EventDefinition } from './event-definition.ts';

/** Messages that are kept for the other groups of this process, some 4 KB each: these read them within milliseconds. */
const maxKept = 1_000;

/** A message, by its place. */
interface Placed {
  /** Physical topic. */
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly value: Buffer | null;
}

interface Kept {
  readonly value: Buffer | null;
  readonly read: ReadEvent;
}

const kept = new Map<string, Kept>();

/**
 * Reads a message as `readEvent` does, once in a process: its groups (one of the service, one of the instance) get the
 * same messages, and checking one against its schema is most of the work for it. The event is shared: handlers must
 * not change it.
 */
export function readShared(
  { topic, partition, offset, value }: Placed,
  definitions: ReadonlyMap<string, EventDefinition>,
): ReadEvent {
  const place = `${topic} ${partition} ${offset}`;
  const known = kept.get(place);
  // A topic that was made again begins at the same offsets.
  if (known && isSame(known.value, value) && isFor(known.read, definitions)) return known.read;
  const read = readEvent(value, definitions);
  if (read.kind === 'event') keep(place, { value, read });
  return read;
}

function keep(place: string, message: Kept): void {
  kept.set(place, message);
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
}

/** Whether a group with these definitions would read it so: another one may not take that type. */
function isFor(read: ReadEvent, definitions: ReadonlyMap<string, EventDefinition>): boolean {
  return read.kind === 'event' && definitions.get(read.event.type)?.schema === read.definition.schema;
}

function isSame(one: Buffer | null, other: Buffer | null): boolean {
  return one !== null && other !== null && one.equals(other);
}

/** What an event means for a state that is kept from events. */
export type FenceDecision =
  /** Newer than what is kept: apply it. */
  | 'apply'
  /** Kept already, or older: leave it. */
  | 'stale';

/**
 * Whether an event with this sequence or version replaces what is kept of its aggregate.
 *
 * Events carry whole state, so one that comes after a gap is applied all the same: what lies between is older.
 *
 * @param kept sequence or version of the kept state, undefined where there is none
 */
export function fence(kept: number | undefined, incoming: number): FenceDecision {
  return kept === undefined || incoming > kept ? 'apply' : 'stale';
}

/**
 * The same decision in DynamoDB's hands, so that two consumers of one event cannot both take it: the parts of
 * a conditional put or update.
 *
 * A ConditionFailed (or a `ConditionalCheckFailed` reason) then means stale, and is no failure.
 *
 * @param attribute where the sequence or version is kept, for example `version`
 */
export function fenceCondition(attribute: string, incoming: number): FenceCondition {
  return {
    ConditionExpression: 'attribute_not_exists(#fence) OR #fence < :fence',
    ExpressionAttributeNames: { '#fence': attribute },
    ExpressionAttributeValues: { ':fence': incoming },
  };
}

/** To be spread into a Put, or merged with an Update's own names and values. */
export interface FenceCondition {
  ConditionExpression: string;
  ExpressionAttributeNames: { '#fence': string };
  ExpressionAttributeValues: { ':fence': number };
}

/** How the next event of an aggregate follows on what was seen of it. */
export type Succession = 'first' | 'next' | 'duplicate' | 'gap';

/** Watches gap-free sequences, such as a course's, and says how each event follows on the one before. */
export class SequenceFence {
  private readonly seen = new Map<string, number>();

  /** @param capacity aggregates remembered; the one untouched for longest is forgotten first */
  constructor(private readonly capacity = 10_000) {}

  /** Notes `sequence` of `aggregate`; a `duplicate` is one that is not newer than what was seen. */
  follow(aggregate: string, sequence: number): Succession {
    const last = this.seen.get(aggregate);
    if (last !== undefined && sequence <= last) return 'duplicate';
    this.seen.delete(aggregate);
    this.seen.set(aggregate, sequence);
    if (this.seen.size > this.capacity) this.forgetOldest();
    if (last === undefined) return 'first';
    return sequence === last + 1 ? 'next' : 'gap';
  }

  private forgetOldest(): void {
    const [oldest] = this.seen.keys();
    if (oldest !== undefined) this.seen.delete(oldest);
  }
}

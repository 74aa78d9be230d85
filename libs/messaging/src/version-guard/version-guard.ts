/**
 * The parts of a conditional put or update that keep an older state from replacing a newer one, so that two
 * consumers of one event cannot both take it. Events carry whole state: one after a gap is applied all the same.
 *
 * A ConditionFailed (or a `ConditionalCheckFailed` reason) then means stale, and is no failure.
 *
 * @param attribute where the sequence or version is kept, for example `version`
 */
export function versionGuard(attribute: string, incoming: number): VersionGuard {
  return {
    ConditionExpression: 'attribute_not_exists(#guard) OR #guard < :guard',
    ExpressionAttributeNames: { '#guard': attribute },
    ExpressionAttributeValues: { ':guard': incoming },
  };
}

/** To be spread into a Put, or merged with an Update's own names and values. */
interface VersionGuard {
  ConditionExpression: string;
  ExpressionAttributeNames: { '#guard': string };
  ExpressionAttributeValues: { ':guard': number };
}

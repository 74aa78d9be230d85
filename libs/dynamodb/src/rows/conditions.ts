import { ConditionFailed } from '../client/dynamo.errors.ts';

/**
 * The condition of a write, to be spread into it: the item still has the version that was read.
 *
 * @param version as read; 0 or undefined where there was no item
 */
export function atVersion(version = 0) {
  return {
    ConditionExpression: version === 0 ? 'attribute_not_exists(#version)' : '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ...(version > 0 && { ExpressionAttributeValues: { ':version': version } }),
  };
}

/** Whether a write with a condition went through: false where the condition did not hold. */
export async function conditionHeld(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

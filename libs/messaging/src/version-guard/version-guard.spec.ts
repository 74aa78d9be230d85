import { expect, it } from 'vitest';
import { versionGuard } from './version-guard.ts';

it('a version guard lets DynamoDB take newer state and nothing else', () => {
  expect(versionGuard('version', 4)).toEqual({
    ConditionExpression: 'attribute_not_exists(#guard) OR #guard < :guard',
    ExpressionAttributeNames: { '#guard': 'version' },
    ExpressionAttributeValues: { ':guard': 4 },
  });
});

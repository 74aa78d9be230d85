import type { Tables, TransactAction } from '@registrar/dynamodb';

/** Name of the table of permits, used and revoked ones too. */
export const permitsTable = 'permits';

/** A permit that a commit uses. */
export interface UsedPermit {
  permitId: string;
  courseId: string;
  /** RFC 3339. */
  usedAt: string;
}

/**
 * Marks a permit as used, in the transaction of the commit that uses it. Its condition holds as long as the permit is
 * in the student's record: a revocation takes it out of the record in the transaction that marks the permit.
 */
export function permitUsedAction(tables: Tables, { permitId, courseId, usedAt }: UsedPermit): TransactAction {
  return {
    Update: {
      TableName: tables.name(permitsTable),
      Key: { id: permitId },
      UpdateExpression: 'SET used_at = :at',
      ConditionExpression: 'course_id = :course AND attribute_not_exists(revoked_at)',
      ExpressionAttributeValues: { ':at': usedAt, ':course': courseId },
    },
  };
}

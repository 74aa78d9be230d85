import type { PermitRequest } from '@registrar/contracts-enrollments';
import type { Tables, TransactAction } from '@registrar/dynamodb';

/** Name of the table of requests for permits, and of the marks of open ones. */
export const permitRequestsTable = 'permit_requests';

/** A request as it is stored: name and address of the student are read when it is shown. */
export type StoredRequest = Omit<PermitRequest, 'userName' | 'userEmail'>;

/** An item of the `permit_requests` table. */
export interface PermitRequestItem {
  id: string;
  course_id: string;
  user_id: string;
  reason: string;
  status: PermitRequest['status'];
  requested_at: string;
  /** When and by whom it was granted or declined, and the words of who declined it. */
  settled_at?: string;
  settled_by?: string;
  decline_reason?: string;
  /** Time and id: sorts the index. */
  requested_key: string;
}

/** An item that is there while a student has an open request in a course; on no index. */
export interface OpenMarkItem {
  id: string;
  request_id: string;
}

/** How a request ends. */
export interface Settlement {
  status: 'granted' | 'declined';
  at: string;
  by: string;
  /** Of one that is declined. */
  reason?: string;
}

/** Whose request in which course. */
type Asked = Pick<StoredRequest, 'courseId' | 'userId'>;

/** The request that an item is. */
export function permitRequestOf(item: PermitRequestItem): StoredRequest {
  return {
    id: item.id,
    courseId: item.course_id,
    userId: item.user_id,
    reason: item.reason,
    status: item.status,
    requestedAt: item.requested_at,
  };
}

/** The item of a request. */
export function permitRequestItem(request: StoredRequest): PermitRequestItem {
  const { id, courseId, userId, reason, status, requestedAt } = request;
  return {
    id,
    course_id: courseId,
    user_id: userId,
    reason,
    status,
    requested_at: requestedAt,
    requested_key: requestedKey(request),
  };
}

/** Where a request stands in lists: by time, then by id. */
export function requestedKey({ requestedAt, id }: Pick<StoredRequest, 'requestedAt' | 'id'>): string {
  return `${requestedAt}#${id}`;
}

/** The key of the mark of an open request: one for each course and student. */
export function openMarkKey({ courseId, userId }: Asked): { id: string } {
  return { id: `open#${courseId}#${userId}` };
}

/** Writes a request until its TTL (seconds), and its mark where the student has no other open one in the course. The mark's is the second. */
export function openActions(tables: Tables, request: StoredRequest, keptUntil?: number): TransactAction[] {
  const TableName = tables.name(permitRequestsTable);
  const mark: OpenMarkItem = { ...openMarkKey(request), request_id: request.id };
  const ttl = keptUntil !== undefined && { kept_until: keptUntil };
  return [
    { Put: { TableName, Item: { ...permitRequestItem(request), ...ttl } } },
    { Put: { TableName, Item: { ...mark, ...ttl }, ConditionExpression: 'attribute_not_exists(id)' } },
  ];
}

/** Settles an open request and takes its mark away. The mark's is the last: it fails where another one settled it. */
export function settleActions(
  tables: Tables,
  request: Asked & Pick<StoredRequest, 'id'>,
  { status, at, by, reason }: Settlement,
): TransactAction[] {
  const TableName = tables.name(permitRequestsTable);
  const because = reason === undefined ? '' : ', decline_reason = :reason';
  return [
    {
      Update: {
        TableName,
        Key: { id: request.id },
        UpdateExpression: `SET #status = :status, settled_at = :at, settled_by = :by${because}`,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':status': status,
          ':at': at,
          ':by': by,
          ...(reason !== undefined && { ':reason': reason }),
        },
      },
    },
    {
      Delete: {
        TableName,
        Key: openMarkKey(request),
        ConditionExpression: 'request_id = :request',
        ExpressionAttributeValues: { ':request': request.id },
      },
    },
  ];
}

/** Holds where the student has no open request in the course. */
export function noneOpenCheck(tables: Tables, asked: Asked): TransactAction {
  return {
    ConditionCheck: {
      TableName: tables.name(permitRequestsTable),
      Key: openMarkKey(asked),
      ConditionExpression: 'attribute_not_exists(id)',
    },
  };
}

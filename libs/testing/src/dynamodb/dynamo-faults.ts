/**
 * What goes wrong with a call to DynamoDB.
 *
 * - `throttle`: refused for its rate. `conflict`: another transaction holds an item.
 * - `unavailable`: 503. `internal-error`: 500, nothing done.
 * - `hang-up`: the connection ends before the call arrives. `lose-answer`: the call is done, then the connection
 *   ends without an answer. `silence`: nothing is done and nothing ever comes back.
 * - `unprocessed`: a batch is answered with all of it left over.
 * - `{ delayMs }`: done at once, answered late.
 * - `{ cancel }`: a transaction is cancelled with these reason codes, one an action; or with those that a function
 *   gives to its actions.
 * - `refuse`: the call as a whole is not taken, as one is that is too large.
 */
export type DynamoFault =
  | 'throttle'
  | 'conflict'
  | 'unavailable'
  | 'internal-error'
  | 'hang-up'
  | 'lose-answer'
  | 'silence'
  | 'unprocessed'
  | { delayMs: number }
  | 'refuse'
  | { cancel: string[] | ((actions: ActionSeen[]) => string[]) };

/** An action of a transaction as it arrived. */
interface ActionSeen {
  /** Physical. */
  table: string;
  /** The action as JSON, to look for ids in. */
  text: string;
}

/** A call as it arrived at the proxy. */
export interface DynamoCall {
  /** Such as `TransactWriteItems`. */
  operation: string;
  /** Physical names of the tables it touches. */
  tables: string[];
  body: Record<string, unknown>;
}

/** An answer that the proxy makes itself. */
interface MadeAnswer {
  status: number;
  body: object;
}

const namespace = 'com.amazonaws.dynamodb.v20120810#';

/** Reads a call from its target header (`DynamoDB_20120810.<operation>`) and its body. */
export function readCall(target: string, text: string): DynamoCall {
  const body = JSON.parse(text || '{}') as Record<string, unknown>;
  return { operation: target.split('.')[1] ?? '', tables: tablesOf(body), body };
}

/** The answer that DynamoDB gives in such a case; undefined where the fault is not in an answer. */
export function answerOf(fault: DynamoFault, call: DynamoCall): MadeAnswer | undefined {
  if (typeof fault === 'object')
    return 'cancel' in fault ? cancelled(codesOf(fault.cancel, call)) : undefined;
  switch (fault) {
    case 'refuse':
      return {
        status: 400,
        body: { __type: 'com.amazon.coral.validate#ValidationException', message: 'Too large.' },
      };
    case 'throttle':
      return refused('ProvisionedThroughputExceededException', 'The rate of requests is too high.');
    case 'conflict':
      return conflict(call);
    case 'unavailable':
      return { status: 503, body: { __type: `${namespace}ServiceUnavailable`, message: 'Try again.' } };
    case 'internal-error':
      return { status: 500, body: { __type: `${namespace}InternalServerError`, message: 'Internal error.' } };
    case 'unprocessed':
      return unprocessed(call);
    case 'hang-up':
    case 'lose-answer':
    case 'silence':
      return undefined;
  }
}

function conflict({ operation, body }: DynamoCall): MadeAnswer {
  if (!operation.startsWith('Transact')) {
    return refused('TransactionConflictException', 'Transaction is ongoing for the item');
  }
  const actions = Array.isArray(body['TransactItems']) ? body['TransactItems'].length : 1;
  return cancelled(Array.from({ length: actions }, (_, at) => (at === 0 ? 'TransactionConflict' : 'None')));
}

function codesOf(codes: string[] | ((actions: ActionSeen[]) => string[]), { body }: DynamoCall): string[] {
  if (Array.isArray(codes)) return codes;
  const actions = Array.isArray(body['TransactItems']) ? (body['TransactItems'] as object[]) : [];
  return codes(
    actions.map((action) => {
      const [details] = Object.values(action) as { TableName?: string }[];
      return { table: details?.TableName ?? '', text: JSON.stringify(action) };
    }),
  );
}

function cancelled(codes: string[]): MadeAnswer {
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`;
  const CancellationReasons = codes.map((Code) => (Code === 'None' ? { Code } : { Code, Message: Code }));
  return {
    status: 400,
    body: { __type: `${namespace}TransactionCanceledException`, Message: message, CancellationReasons },
  };
}

function unprocessed({ operation, body }: DynamoCall): MadeAnswer {
  const left = body['RequestItems'] ?? {};
  const answer =
    operation === 'BatchGetItem' ? { Responses: {}, UnprocessedKeys: left } : { UnprocessedItems: left };
  return { status: 200, body: answer };
}

function refused(type: string, message: string): MadeAnswer {
  return { status: 400, body: { __type: namespace + type, message } };
}

function tablesOf(body: Record<string, unknown>): string[] {
  if (typeof body['TableName'] === 'string') return [body['TableName']];
  const items = body['RequestItems'];
  if (typeof items === 'object' && items !== null) return Object.keys(items);
  const actions = body['TransactItems'];
  if (!Array.isArray(actions)) return [];
  const named = actions.flatMap((action: object) => Object.values(action) as { TableName?: string }[]);
  return [...new Set(named.map(({ TableName = '' }) => TableName))];
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { accountingMiddleware } from './accounting.middleware.ts';
import { defaultLimits, type DynamoConfig } from './dynamo-config.ts';
import { refuseScans } from './forbidden-operations.middleware.ts';

/**
 * A DynamoDB client with kept-alive connections, time limits, capacity accounting and no way to scan.
 *
 * It never retries by itself: `Dynamo` does, with a jitter and a limit, because the SDK has neither which
 * cancelled transactions are worth another try nor when the caller has waited long enough. With an `endpoint`
 * (DynamoDB Local) the credentials are fixed dummies; otherwise AWS's usual chain finds them.
 */
export function createDynamoClient(config: DynamoConfig): DynamoDBClient {
  const agent = { keepAlive: true, maxSockets: config.maxSockets ?? defaultLimits.maxSockets };
  const client = new DynamoDBClient({
    region: config.region,
    maxAttempts: 1,
    ...(config.endpoint !== undefined && {
      endpoint: config.endpoint,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: config.connectionTimeoutMs ?? defaultLimits.connectionTimeoutMs,
      requestTimeout: config.requestTimeoutMs ?? defaultLimits.requestTimeoutMs,
      // Without it the handler only warns and keeps waiting.
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    }),
  });
  client.middlewareStack.add(refuseScans, { step: 'initialize', name: 'refuseScans', priority: 'high' });
  client.middlewareStack.add(accountingMiddleware(config.tablePrefix), {
    step: 'initialize',
    name: 'capacityAccounting',
  });
  return client;
}

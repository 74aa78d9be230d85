export * from './identity/test-issuer.ts';
export * from './chaos/tcp-chaos-proxy.ts';
export * from './dynamodb/dynamo-fault-proxy.ts';
export type { DynamoCall, DynamoFault } from './dynamodb/dynamo-faults.ts';
export { hotIndexes } from './dynamodb/hot-indexes.ts';
export * from './kafka/kafka-through.ts';
export { MisbehavingSmtp, type ReceivedMail, type SmtpMood } from './smtp/misbehaving-smtp.ts';
export * from './net/free-port.ts';
export { PactProvider, type AgreedCall, type AskedCall } from './pacts/pact-provider.ts';

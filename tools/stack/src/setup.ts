/**
 * Creates the tables and topics of Registrar on external backing services, then ends. Safe to run again.
 *
 * Reads KAFKA_BROKERS, DYNAMODB_ENDPOINT, TABLE_PREFIX and TOPIC_PREFIX, as the apps do.
 */
import { externalAddresses, requireReachable } from './backing/external.ts';
import { StackFault } from './stack-fault.ts';
import { wholeOptions } from './system/options.ts';
import { createAllTables, createTopics } from './system/schema.ts';
import { runCommand, standardTerminal } from './terminal.ts';

const reachableTimeoutMs = 30_000;

await runCommand(async () => {
  const { KAFKA_BROKERS, DYNAMODB_ENDPOINT } = externalAddresses(process.env);
  if (KAFKA_BROKERS === undefined || DYNAMODB_ENDPOINT === undefined) {
    throw new StackFault('KAFKA_BROKERS and DYNAMODB_ENDPOINT must say where tables and topics are created.');
  }
  await requireReachable({ KAFKA_BROKERS, DYNAMODB_ENDPOINT }, reachableTimeoutMs);
  const { prefixes } = wholeOptions({ name: 'setup', keepsData: true }, process.env);
  await createAllTables({ DYNAMODB_ENDPOINT }, prefixes.TABLE_PREFIX);
  await createTopics({ KAFKA_BROKERS }, prefixes.TOPIC_PREFIX);
  standardTerminal.info('Tables and topics are there.');
});

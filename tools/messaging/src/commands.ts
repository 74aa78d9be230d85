import {
  createKafka,
  createTopics,
  EventProducer,
  listDeadLetters,
  rebuildProjection,
  replayDeadLetters,
  replayOriginals,
  type ListedDeadLetter,
  type OpenProjections,
  type OriginalsReplay,
} from '@registrar/messaging';
import { loadConfig, serviceConfig } from '@registrar/service';
import { contractTopics } from '@registrar/stack';
import type { Kafka } from 'kafkajs';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Addresses } from './addresses.ts';
import type { Command } from './arguments.rules.ts';

const security = serviceConfig.pick({ KAFKA_SECURITY: true, AWS_REGION: true });

/** Does what the command asks and gives the lines to print. */
export async function runCommand(
  command: Command,
  addresses: Addresses,
  workspace: string,
): Promise<string[]> {
  const way = loadConfig(security, addresses.environment);
  const kafka = createKafka({ brokers: addresses.brokers, clientId: 'messaging-tool', security: way });
  if ('topic' in command) await refuseUnknownTopic(kafka, addresses.topicPrefix + command.topic);
  switch (command.name) {
    case 'dlq list': {
      const letters = await listDeadLetters(kafka, addresses.topicPrefix + command.topic, command.limit);
      return command.json ? [JSON.stringify(letters)] : describe(letters);
    }
    case 'dlq replay':
      return replay(kafka, addresses.topicPrefix + command.topic, isCompacted(command.topic));
    case 'topics create': {
      const options = { ...way, replication: command.replication };
      await createTopics(addresses.brokers, addresses.topicPrefix, contractTopics, options);
      return [
        `${contractTopics.length} topics and their dead letters are there, with the retention of today`,
      ];
    }
    case 'rebuild':
      return [await rebuild(kafka, command, addresses, workspace)];
  }
}

async function refuseUnknownTopic(kafka: Kafka, topic: string): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const topics = await admin.listTopics();
    if (!topics.includes(topic)) throw new Error(`there is no topic ${topic}`);
  } finally {
    await admin.disconnect();
  }
}

function describe(letters: ListedDeadLetter[]): string[] {
  if (letters.length === 0) return ['no dead letters'];
  return letters.map(
    ({ offset, failedAt, service, key, attempts, error }) =>
      `${offset}  ${failedAt}  ${service}  key ${key}  ${attempts} tries  ${error.split('\n')[0]}`,
  );
}

function isCompacted(topic: string): boolean {
  return contractTopics.some(({ name, cleanup }) => name === topic && cleanup === 'compact');
}

async function replay(kafka: Kafka, topic: string, compacted: boolean): Promise<string[]> {
  const producer = new EventProducer(kafka);
  try {
    if (compacted) return tell(await replayOriginals(kafka, topic, producer));
    return [`replayed ${await replayDeadLetters(kafka, topic, producer)}`];
  } finally {
    await producer.close();
  }
}

function tell({ replayed, replaced, gone }: OriginalsReplay): string[] {
  return [
    `replayed ${replayed}`,
    ...(replaced > 0 ? [`passed over ${replaced}: a later state of the same key was heard`] : []),
    ...gone.map((key) => `key ${key} is no longer on the topic: its state comes with its next event`),
  ];
}

async function rebuild(
  kafka: Kafka,
  { service, projection: wanted }: Extract<Command, { name: 'rebuild' }>,
  addresses: Addresses,
  workspace: string,
): Promise<string> {
  const file = join(workspace, 'apps', service, 'dist', 'projections.js');
  if (!existsSync(file)) throw new Error(`${service} has no projections, or is not built: ${file}`);
  const module = (await import(pathToFileURL(file).href)) as ProjectionsModule;
  const open = await module.openProjections(addresses.environment);
  try {
    const found = open.projections.find(({ name }) => name === wanted);
    const names = open.projections.map(({ name }) => name).join(', ');
    if (!found) throw new Error(`${service} has no projection ${wanted}, but: ${names}`);
    const { applied, skipped } = await rebuildProjection(kafka, addresses.topicPrefix, found);
    return `${service} ${wanted}: ${applied} events applied, ${skipped} of other kinds`;
  } finally {
    await open.close();
  }
}

/** What `apps/<service>/src/projections.ts` exports. */
interface ProjectionsModule {
  openProjections(environment: NodeJS.ProcessEnv): Promise<OpenProjections> | OpenProjections;
}

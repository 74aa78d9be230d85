import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { backgroundNiceness, Child, storeNiceness } from '../process/child.ts';
import type { Run } from '../process/run.ts';
import { findOnPath } from '../process/programs.ts';
import { messageOf, StackFault } from '../stack-fault.ts';
import type { Terminal } from '../terminal.ts';
import { workspaceRoot } from '../workspace.ts';
import { fetchArtifact } from './artifacts.ts';
import type { BackingPorts, PartName } from './part.ts';

/** What a native part is started with. */
export interface NativeContext {
  readonly run: Run;
  readonly ports: BackingPorts;
  /** Whether what is stored survives the process, under the run's folder. */
  readonly keepsData: boolean;
  readonly terminal: Terminal;
}

const host = '127.0.0.1';
/** Heap of Kafka, enough for the local topics beside everything else on a small machine. */
const kafkaHeap = ['-Xms128m', '-Xmx512m'];
const dynamodbHeap = ['-Xms128m', '-Xmx1g'];
const cacheMemory = '256mb';
/** What answers requests goes first: Redis like the apps, then the stores, then mail. */
const niceness: Readonly<Record<PartName, number>> = {
  redis: 0,
  kafka: storeNiceness,
  dynamodb: storeNiceness,
  mail: backgroundNiceness,
};

function startPart(
  { run }: NativeContext,
  part: PartName,
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Child> {
  return Child.start(run, {
    role: part,
    command,
    args,
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      JAVA_HOME: process.env['JAVA_HOME'],
      ...env,
    },
    cwd: run.directory,
    logFile: join(run.directory, 'logs', `${part}.log`),
    niceness: niceness[part],
  });
}

/** The folder in which a part keeps what it stores. */
function storage({ run }: NativeContext, part: PartName): string {
  const directory = join(run.directory, 'data', part);
  mkdirSync(directory, { recursive: true });
  return directory;
}

async function redisProgram(terminal: Terminal): Promise<string> {
  const installed = findOnPath('redis-server') ?? findOnPath('valkey-server');
  if (installed !== undefined) return installed;
  const directory = await fetchArtifact('redis', terminal);
  const system = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const program = readdirSync(directory).find(
    (name) => name.startsWith('redis-server') && name.endsWith(system),
  );
  if (program === undefined) {
    throw new StackFault(`There is no Redis for ${system} to fetch: install redis-server, or set REDIS_URL.`);
  }
  chmodSync(join(directory, program), 0o755);
  return join(directory, program);
}

async function startRedis(context: NativeContext): Promise<Child> {
  const program = await redisProgram(context.terminal);
  const directory = storage(context, 'redis');
  const flags = ['--port', String(context.ports.redis), '--bind', host, '--dir', directory, '--save', ''];
  const persistence = ['--appendonly', context.keepsData ? 'yes' : 'no'];
  const memory = ['--maxmemory', cacheMemory, '--maxmemory-policy', 'volatile-lru'];
  return startPart(context, 'redis', program, [...flags, ...persistence, ...memory]);
}

function kafkaProperties({ ports }: NativeContext, logDirectory: string): string {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    listeners: `BROKER://${host}:${ports.kafka},CONTROLLER://${host}:${ports.kafkaController}`,
    'advertised.listeners': `BROKER://${host}:${ports.kafka}`,
    'listener.security.protocol.map': 'BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'BROKER',
    'controller.listener.names': 'CONTROLLER',
    'controller.quorum.voters': `1@${host}:${ports.kafkaController}`,
    'log.dirs': logDirectory,
    'auto.create.topics.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'num.network.threads': 2,
    'num.io.threads': 4,
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

async function formatKafka(classPath: string, propertiesFile: string): Promise<void> {
  const clusterId = Buffer.from('registrar-local!').toString('base64url');
  const command = ['format', '-t', clusterId, '-c', propertiesFile, '--ignore-formatted'];
  try {
    await promisify(execFile)('java', ['-cp', classPath, 'kafka.tools.StorageTool', ...command]);
  } catch (error) {
    throw new StackFault(`Kafka could not prepare its storage: ${messageOf(error)}`);
  }
}

async function startKafka(context: NativeContext): Promise<Child> {
  const classPath = join(await fetchArtifact('kafka', context.terminal), '*');
  const logDirectory = storage(context, 'kafka');
  const propertiesFile = join(context.run.directory, 'kafka.properties');
  writeFileSync(propertiesFile, kafkaProperties(context, logDirectory));
  if (!existsSync(join(logDirectory, 'meta.properties'))) await formatKafka(classPath, propertiesFile);
  const logging = [
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
  ];
  return startPart(context, 'kafka', 'java', [
    ...kafkaHeap,
    ...logging,
    '-cp',
    classPath,
    'kafka.Kafka',
    propertiesFile,
  ]);
}

async function startDynamodb(context: NativeContext): Promise<Child> {
  const directory = await fetchArtifact('dynamodb', context.terminal);
  const where = context.keepsData ? ['-dbPath', storage(context, 'dynamodb')] : ['-inMemory'];
  const program = ['-cp', join(directory, '*'), 'software.amazon.dynamodb.services.local.main.ServerRunner'];
  const flags = ['-port', String(context.ports.dynamodb), '-sharedDb', '-disableTelemetry', ...where];
  const java = [...dynamodbHeap, `-Dsqlite4java.library.path=${directory}`, ...program, ...flags];
  return startPart(context, 'dynamodb', 'java', java, { DDB_LOCAL_TELEMETRY: '0' });
}

function startMail(context: NativeContext): Promise<Child> {
  const program = join(workspaceRoot, 'node_modules', '.bin', 'maildev');
  const { smtp, mailPage } = context.ports;
  const listening = ['--smtp', String(smtp), '--ip', host, '--web', String(mailPage), '--web-ip', host];
  // A certificate signed by itself would be offered, and refused by a careful client.
  const limits = ['--hide-extensions', 'STARTTLS', '--max-emails', '2000'];
  const directory = storage(context, 'mail');
  const kept = context.keepsData ? ['--mail-directory', directory] : [];
  const args = [program, ...listening, ...limits, ...kept];
  return startPart(context, 'mail', process.execPath, args, { TMPDIR: directory });
}

/** Starts one part as a process of our own; resolves before it answers. */
export const startNative: Record<PartName, (context: NativeContext) => Promise<Child>> = {
  redis: startRedis,
  kafka: startKafka,
  dynamodb: startDynamodb,
  mail: startMail,
};

import { Duration } from 'aws-cdk-lib';
import {
  Capability,
  ContainerImage,
  LinuxParameters,
  LogDrivers,
  Secret as ContainerSecret,
  type FargateTaskDefinition,
} from 'aws-cdk-lib/aws-ecs';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { collectorFlags } from '@registrar/stack';
import type { AppName } from '../deployment/app-names.ts';
import { signingKeysFile } from './environment.ts';
import { repositoryName } from './images.stack.ts';
import { apiPort } from './ports.ts';

/** What runs in a task. */
export interface ContainerProps {
  readonly app: AppName;
  readonly tag: string;
  readonly environment: Record<string, string>;
  readonly secrets: Readonly<Record<string, ISecret>>;
  readonly logs: ILogGroup;
}

/** The image's user `node`. */
const user = '1000';

const alive = `fetch('http://127.0.0.1:${apiPort}/health/live').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))`;

/** The gateway's keys go from their secret to memory, readable by its own user alone, before node starts. */
const withKeys = [
  'umask 077',
  `printf %s "$SIGNING_KEYS" > ${signingKeysFile}`,
  'unset SIGNING_KEYS',
  `exec node ${collectorFlags.join(' ')} main.js`,
].join(' && ');

/** Puts the container of a service into a task: not root, no capabilities, a root file system that is read-only. */
export function addServiceContainer(task: FargateTaskDefinition, props: ContainerProps): void {
  const { app, tag, environment, secrets, logs } = props;
  const linuxParameters = new LinuxParameters(task, 'Linux', { initProcessEnabled: true });
  linuxParameters.dropCapabilities(Capability.ALL);
  const repository = Repository.fromRepositoryName(task, 'Repository', repositoryName(app));
  task.addContainer(app, {
    image: ContainerImage.fromEcrRepository(repository, tag),
    ...(app === 'gateway' && { command: ['sh', '-c', withKeys] }),
    environment,
    secrets: Object.fromEntries(
      Object.entries(secrets).map(([name, secret]) => [name, ContainerSecret.fromSecretsManager(secret)]),
    ),
    user,
    readonlyRootFilesystem: true,
    privileged: false,
    linuxParameters,
    portMappings: [{ containerPort: apiPort }],
    stopTimeout: Duration.seconds(30),
    healthCheck: {
      command: ['CMD', 'node', '-e', alive],
      interval: Duration.seconds(10),
      timeout: Duration.seconds(5),
      retries: 3,
      startPeriod: Duration.seconds(60),
    },
    logging: LogDrivers.awsLogs({ logGroup: logs, streamPrefix: app }),
  });
}

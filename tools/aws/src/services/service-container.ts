import { Duration } from 'aws-cdk-lib';
import { Secret as ContainerSecret, type FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { collectorFlags } from '@registrar/stack';
import type { AppName } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { signingKeysFile } from './environment.ts';
import { addHardenedContainer } from './hardened-container.ts';
import { apiPort } from './ports.ts';

/** A service, as it runs in a task. */
export interface ServiceContainerProps {
  readonly app: AppName;
  readonly deployment: Deployment;
  readonly environment: Record<string, string>;
  readonly secrets: Readonly<Record<string, ISecret>>;
}

const alive = `fetch('http://127.0.0.1:${apiPort}/health/live').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))`;

/** The gateway's keys go from their secret to memory, readable by its own user alone, before node starts. */
const withKeys = [
  'umask 077',
  `printf %s "$SIGNING_KEYS" > ${signingKeysFile}`,
  'unset SIGNING_KEYS',
  `exec node ${collectorFlags.join(' ')} main.js`,
].join(' && ');

/** Puts the container of a service into a task. */
export function addServiceContainer(task: FargateTaskDefinition, props: ServiceContainerProps): void {
  const { app, deployment, environment, secrets } = props;
  addHardenedContainer(task, {
    name: app,
    image: app,
    tag: deployment.services[app].tag,
    deployment,
    variablesReason:
      'Addresses and names only; what is secret comes from Secrets Manager, and a test says so.',
    options: {
      ...(app === 'gateway' && { command: ['sh', '-c', withKeys] }),
      environment,
      secrets: Object.fromEntries(
        Object.entries(secrets).map(([name, secret]) => [name, ContainerSecret.fromSecretsManager(secret)]),
      ),
      portMappings: [{ containerPort: apiPort }],
      stopTimeout: Duration.seconds(30),
      healthCheck: {
        command: ['CMD', 'node', '-e', alive],
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        retries: 3,
        startPeriod: Duration.seconds(60),
      },
    },
  });
}

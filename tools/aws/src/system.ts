import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Tags, Validations, type Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { RedisStack } from './data/redis.stack.ts';
import { TablesStack } from './data/tables.stack.ts';
import { appNames, systemName } from './deployment/app-names.ts';
import type { Deployment } from './deployment/deployment.ts';
import { MailStack } from './mail/mail.stack.ts';
import { KafkaStack } from './messaging/kafka.stack.ts';
import { CdnStack } from './network/cdn.stack.ts';
import { EdgeStack } from './network/edge.stack.ts';
import { NetworkStack } from './network/network.stack.ts';
import { SecretsStack } from './secrets/secrets.stack.ts';
import { ImagesStack } from './services/images.stack.ts';
import { ServiceStack } from './services/service.stack.ts';
import type { SharedParts } from './services/shared-parts.ts';
import { TopicsStack } from './services/topics.stack.ts';
import { WatchStack } from './watch/watch.stack.ts';

/** The system as CDK has it. */
export interface System {
  readonly app: App;
  /** By name: `registrar-network`, `registrar-courses`, ... */
  readonly stacks: ReadonlyMap<string, Stack>;
}

let passing: string | undefined;

/** An app whose output is deleted with the process: for use of the templates alone. */
function passingApp(): App {
  if (passing === undefined) {
    const folder = mkdtempSync(join(tmpdir(), 'registrar-cdk-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    passing = folder;
  }
  return new App({ outdir: mkdtempSync(join(passing, 'out-')) });
}

const nameOf = (part: string): string => `${systemName}-${part}`;

/**
 * All stacks of a deployment: shared ones, the tables of each service, each service, and what watches.
 *
 * They have neither account nor region, so no look-up is ever made.
 */
export function systemOf(deployment: Deployment, app: App = passingApp()): System {
  const network = new NetworkStack(app, nameOf('network'), deployment);
  const images = new ImagesStack(app, nameOf('images'));
  new MailStack(app, nameOf('mail'), deployment);
  const edge = new EdgeStack(app, nameOf('edge'), network, deployment);
  new CdnStack(app, nameOf('cdn'), edge, deployment);
  const parts: SharedParts = {
    deployment,
    network,
    edge,
    redis: new RedisStack(app, nameOf('redis'), network, deployment),
    kafka: new KafkaStack(app, nameOf('kafka'), network, deployment),
    secrets: new SecretsStack(app, nameOf('secrets'), deployment.accounts),
  };
  new TopicsStack(app, nameOf('topics'), parts).addStackDependency(images);
  for (const name of appNames) {
    const tables = new TablesStack(app, nameOf(`${name}-tables`), name, deployment);
    const service = new ServiceStack(app, nameOf(name), name, parts);
    service.addStackDependency(tables);
    service.addStackDependency(images);
  }
  new WatchStack(app, nameOf('watch'), edge, deployment);
  Tags.of(app).add('system', systemName);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stacks = app.node.children.filter((child): child is Stack => 'templateFile' in child);
  return { app, stacks: new Map(stacks.map((stack) => [stack.stackName, stack])) };
}

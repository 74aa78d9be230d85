import {
  Capability,
  ContainerImage,
  LinuxParameters,
  LogDrivers,
  type ContainerDefinitionOptions,
  type FargateTaskDefinition,
} from 'aws-cdk-lib/aws-ecs';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { systemName } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { repositoryName } from './images.stack.ts';

/** What runs in a task. */
export interface ContainerProps {
  /** Of the container, and of its log group and log streams. */
  readonly name: string;
  readonly image: string;
  readonly tag: string;
  readonly deployment: Deployment;
  /** Why its variables may be in the template. */
  readonly variablesReason: string;
  readonly options: Omit<ContainerDefinitionOptions, 'image'>;
}

/** Puts a container into a task: not root, no capabilities, a root file system that is read-only, with logs. */
export function addHardenedContainer(task: FargateTaskDefinition, props: ContainerProps): void {
  const { name, image, tag, deployment, variablesReason, options } = props;
  const stack = Stack.of(task);
  const linuxParameters = new LinuxParameters(task, 'Linux', { initProcessEnabled: true });
  linuxParameters.dropCapabilities(Capability.ALL);
  const logGroup = new LogGroup(stack, 'Logs', {
    logGroupName: `/${systemName}/${name}`,
    retention: deployment.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const repository = Repository.fromRepositoryName(task, 'Repository', repositoryName(image));
  task.addContainer(name, {
    ...options,
    image: ContainerImage.fromEcrRepository(repository, tag),
    // The image's user `node`.
    user: '1000',
    readonlyRootFilesystem: true,
    privileged: false,
    linuxParameters,
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: name }),
  });
  Validations.of(task).acknowledge(
    { id: 'AwsSolutions-ECS2', reason: variablesReason },
    {
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'ecr:GetAuthorizationToken, by which images are pulled, has no resources.',
    },
  );
}

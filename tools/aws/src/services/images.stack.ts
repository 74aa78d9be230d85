import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Repository, TagMutability } from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import { appNames, systemName } from '../deployment/app-names.ts';

/** The name of a repository. */
export const repositoryName = (name: string): string => `${systemName}/${name}`;

/** A repository for the images of each service, and one for the image that makes the topics. */
export class ImagesStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { stackName: id });
    for (const name of [...appNames, 'messaging-tool']) {
      new Repository(this, name, {
        repositoryName: repositoryName(name),
        imageScanOnPush: true,
        imageTagMutability: TagMutability.IMMUTABLE,
        lifecycleRules: [{ maxImageCount: 30 }],
        removalPolicy: RemovalPolicy.RETAIN,
      });
    }
  }
}

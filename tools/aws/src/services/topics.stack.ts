import { CfnOutput, Stack } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { FargateTaskDefinition } from 'aws-cdk-lib/aws-ecs';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { deadLetterTopicOf } from '@registrar/messaging';
import { contractTopics } from '@registrar/stack';
import type { Construct } from 'constructs';
import { systemName } from '../deployment/app-names.ts';
import { addHardenedContainer } from './hardened-container.ts';
import type { SharedParts } from './shared-parts.ts';

/**
 * A task that is run by hand after the first deployment, and when a contract has another topic or
 * retention: it makes the topics, and gives those that are there the retention of today.
 */
export class TopicsStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    private readonly parts: SharedParts,
  ) {
    super(scope, id, { stackName: id });
    const { network } = parts;
    const task = new FargateTaskDefinition(this, 'Task', {
      family: `${systemName}-topics`,
      cpu: 256,
      memoryLimitMiB: 512,
      taskRole: this.role(),
    });
    this.addContainer(task);
    const { subnetIds } = network.vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_WITH_EGRESS });
    const group = network.groups.topics.securityGroupId;
    const places = `awsvpcConfiguration={subnets=[${subnetIds.join(',')}],securityGroups=[${group}]}`;
    new CfnOutput(this, 'Run', {
      value: `aws ecs run-task --cluster ${systemName} --launch-type FARGATE --task-definition ${systemName}-topics --network-configuration '${places}'`,
    });
  }

  private role(): Role {
    const { kafka } = this.parts;
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
    const names = contractTopics.flatMap(({ name }) => [name, deadLetterTopicOf(name)]);
    role.addToPolicy(kafka.connect());
    role.addToPolicy(
      new PolicyStatement({
        actions: [
          'kafka-cluster:CreateTopic',
          'kafka-cluster:DescribeTopic',
          'kafka-cluster:DescribeTopicDynamicConfiguration',
          'kafka-cluster:AlterTopicDynamicConfiguration',
        ],
        resources: names.map((name) => kafka.arnOf('topic', name)),
      }),
    );
    return role;
  }

  private addContainer(task: FargateTaskDefinition): void {
    const { deployment, kafka } = this.parts;
    // A serverless cluster keeps three copies of everything, and takes no topic with fewer.
    const replication = deployment.kafka.kind === 'serverless' ? '3' : '2';
    const script = 'tools/messaging/dist/main.js';
    addHardenedContainer(task, {
      name: 'topics',
      image: 'messaging-tool',
      tag: deployment.topicsTag,
      deployment,
      variablesReason: 'Addresses only; it has no secrets.',
      options: {
        command: ['node', script, 'topics', 'create', '--replication', replication],
        environment: { KAFKA_BROKERS: kafka.brokers, KAFKA_SECURITY: 'iam', AWS_REGION: this.region },
      },
    });
  }
}

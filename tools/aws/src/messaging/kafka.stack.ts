import { CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { systemName } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { NetworkStack } from '../network/network.stack.ts';
import { BootstrapBrokers } from './bootstrap-brokers.ts';
import { provisionedKafka, serverlessKafka } from './kafka-cluster.ts';

/** Under which the cluster's ARN is known to the stacks of the services. */
export const clusterExport = `${systemName}-kafka-cluster`;

const clusterArn = Fn.importValue(clusterExport);

/** Kafka: with brokers of its own or serverless, as the deployment says. Who speaks to it does so as an IAM role. */
export class KafkaStack extends Stack {
  /** `host:9098`, several with commas between. */
  readonly brokers: string;

  constructor(scope: Construct, id: string, { vpc, groups }: NetworkStack, deployment: Deployment) {
    super(scope, id, { stackName: id, terminationProtection: true });
    const { subnetIds } = vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED });
    const place = { subnetIds, group: groups.kafka };
    const { kafka, logRetentionDays } = deployment;
    const arn =
      kafka.kind === 'serverless'
        ? serverlessKafka(this, place)
        : provisionedKafka(this, place, kafka, logRetentionDays);
    this.brokers = new BootstrapBrokers(this, 'Brokers', arn).brokers;
    new CfnOutput(this, 'ClusterArn', { value: arn, exportName: clusterExport });
  }

  /** What a client of the brokers needs. */
  connect(): PolicyStatement {
    const actions = ['kafka-cluster:Connect', 'kafka-cluster:DescribeCluster'];
    return new PolicyStatement({ actions, resources: [clusterArn] });
  }

  /** The ARN of a topic or a consumer group. */
  arnOf(kind: 'topic' | 'group', name: string): string {
    // arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>
    const uuid = Fn.select(2, Fn.split('/', clusterArn));
    return this.formatArn({
      service: 'kafka',
      resource: kind,
      resourceName: `${systemName}/${uuid}/${name}`,
    });
  }
}

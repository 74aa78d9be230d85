import { RemovalPolicy, Token, type Stack } from 'aws-cdk-lib';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnCluster, CfnConfiguration, CfnServerlessCluster } from 'aws-cdk-lib/aws-msk';
import { systemName } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';

/** The network of the brokers. */
export interface BrokerPlace {
  readonly subnetIds: string[];
  readonly group: ISecurityGroup;
}

const serverProperties = `auto.create.topics.enable=false
default.replication.factor=2
min.insync.replicas=1
group.initial.rebalance.delay.ms=0
offsets.topic.replication.factor=2
`;

/** A serverless cluster; its only authentication is IAM. Returns its ARN. */
export function serverlessKafka(scope: Stack, { subnetIds, group }: BrokerPlace): string {
  return new CfnServerlessCluster(scope, 'Serverless', {
    clusterName: systemName,
    vpcConfigs: [{ subnetIds, securityGroups: [group.securityGroupId] }],
    clientAuthentication: { sasl: { iam: { enabled: true } } },
  }).attrArn;
}

/** A cluster with brokers, by TLS and IAM alone. Returns its ARN. */
export function provisionedKafka(
  scope: Stack,
  { subnetIds, group }: BrokerPlace,
  kafka: Extract<Deployment['kafka'], { kind: 'provisioned' }>,
  logRetentionDays: number,
): string {
  const logs = new LogGroup(scope, 'BrokerLogs', {
    retention: logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const configuration = new CfnConfiguration(scope, 'Configuration', {
    name: systemName,
    serverProperties,
  });
  return new CfnCluster(scope, 'Cluster', {
    clusterName: systemName,
    kafkaVersion: '3.8.x',
    numberOfBrokerNodes: kafka.brokers,
    brokerNodeGroupInfo: {
      instanceType: 'kafka.t3.small',
      clientSubnets: subnetIds,
      securityGroups: [group.securityGroupId],
      storageInfo: { ebsStorageInfo: { volumeSize: kafka.gbPerBroker } },
    },
    clientAuthentication: { sasl: { iam: { enabled: true } }, unauthenticated: { enabled: false } },
    encryptionInfo: { encryptionInTransit: { clientBroker: 'TLS', inCluster: true } },
    configurationInfo: {
      arn: configuration.attrArn,
      revision: Token.asNumber(configuration.attrLatestRevisionRevision),
    },
    loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: true, logGroup: logs.logGroupName } } },
    enhancedMonitoring: 'PER_BROKER',
  }).attrArn;
}

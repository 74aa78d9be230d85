import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  FlowLogDestination,
  GatewayVpcEndpointAwsService,
  IpAddresses,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Cluster, ContainerInsights } from 'aws-cdk-lib/aws-ecs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { PrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import type { Construct } from 'constructs';
import { systemName } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { SecurityGroups } from './security-groups.ts';

/** The names of services end so: `courses.registrar.internal`. */
export const internalDomain = `${systemName}.internal`;

/**
 * The network that all share: two zones, tasks in private subnets, DynamoDB and images by endpoints that cost
 * nothing, all else that goes out (mail, logs, calls of AWS) by NAT; the cluster, and the names of services.
 */
export class NetworkStack extends Stack {
  readonly vpc: Vpc;
  readonly cluster: Cluster;
  readonly namespace: PrivateDnsNamespace;
  readonly groups: SecurityGroups;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id, { stackName: id });
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(deployment.vpcCidr),
      maxAzs: 2,
      natGateways: deployment.natGateways,
      subnetConfiguration: [
        { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false },
        { name: 'services', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 22 },
        { name: 'stores', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
      gatewayEndpoints: {
        DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
        Images: { service: GatewayVpcEndpointAwsService.S3 },
      },
    });
    const flows = new LogGroup(this, 'Flows', {
      retention: deployment.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.vpc.addFlowLog('FlowLog', { destination: FlowLogDestination.toCloudWatchLogs(flows) });
    this.groups = new SecurityGroups(this, 'Groups', this.vpc);
    this.cluster = new Cluster(this, 'Cluster', {
      vpc: this.vpc,
      clusterName: systemName,
      containerInsightsV2: ContainerInsights.ENABLED,
    });
    this.namespace = new PrivateDnsNamespace(this, 'Names', { name: internalDomain, vpc: this.vpc });
  }
}

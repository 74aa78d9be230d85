import { Duration, Stack } from 'aws-cdk-lib';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  ApplicationTargetGroup,
  SslPolicy,
  TargetType,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { systemName } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { apiPort } from '../services/ports.ts';
import { accessLogBucket } from './log-bucket.ts';
import type { NetworkStack } from './network.stack.ts';

/** The load balancer, before the gateway's API port and nothing else. Only the CDN reaches it: it has no public address. */
export class EdgeStack extends Stack {
  readonly balancer: ApplicationLoadBalancer;
  readonly targets: ApplicationTargetGroup;

  constructor(scope: Construct, id: string, network: NetworkStack, deployment: Deployment) {
    super(scope, id, { stackName: id });
    this.balancer = new ApplicationLoadBalancer(this, 'Balancer', {
      vpc: network.vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      internetFacing: false,
      securityGroup: network.groups.balancer,
      dropInvalidHeaderFields: true,
      // Live streams give a sign of life every 15 s; the gateway keeps its connections for 65 s.
      idleTimeout: Duration.seconds(60),
    });
    this.logAccess(deployment);
    this.targets = new ApplicationTargetGroup(this, 'Gateway', {
      vpc: network.vpc,
      port: apiPort,
      protocol: ApplicationProtocol.HTTP,
      targetType: TargetType.IP,
      deregistrationDelay: Duration.seconds(15),
      healthCheck: {
        path: '/health/ready',
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 6,
      },
    });
    this.listen(deployment);
  }

  private listen({ certificateArn }: Deployment): void {
    this.balancer.addListener('Tls', {
      port: 443,
      protocol: ApplicationProtocol.HTTPS,
      sslPolicy: SslPolicy.RECOMMENDED_TLS,
      certificates: [{ certificateArn }],
      defaultTargetGroups: [this.targets],
      open: false,
    });
  }

  /** By hand: CDK's own method needs the region, which no stack here has. */
  private logAccess(deployment: Deployment): void {
    const bucket = accessLogBucket(this, deployment);
    const delivery = new ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com');
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [delivery],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`${systemName}/AWSLogs/${this.account}/*`)],
      }),
    );
    this.balancer.setAttribute('access_logs.s3.enabled', 'true');
    this.balancer.setAttribute('access_logs.s3.bucket', bucket.bucketName);
    this.balancer.setAttribute('access_logs.s3.prefix', systemName);
    this.balancer.node.addDependency(bucket);
  }
}

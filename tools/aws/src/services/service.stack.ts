import { Duration, Stack } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { FargateService, FargateTaskDefinition, type ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { DnsRecordType } from 'aws-cdk-lib/aws-servicediscovery';
import type { Construct } from 'constructs';
import { systemName, type AppName } from '../deployment/app-names.ts';
import { internalDomain } from '../network/network.stack.ts';
import { environmentOf, secretNames } from './environment.ts';
import { scaleByRequests } from './request-scaling.ts';
import { addServiceContainer } from './service-container.ts';
import type { SharedParts } from './shared-parts.ts';
import { taskRole } from './task-role.ts';

/** One service. No other stack depends on it, so it is deployed alone. */
export class ServiceStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    private readonly app: AppName,
    private readonly parts: SharedParts,
  ) {
    super(scope, id, { stackName: id });
    const { network, edge, deployment } = parts;
    const { minTasks, maxTasks } = deployment.services[app];
    const service = new FargateService(this, 'Service', {
      serviceName: app,
      cluster: network.cluster,
      taskDefinition: this.task(),
      desiredCount: minTasks,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { rollback: true },
      assignPublicIp: false,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      securityGroups: [network.groups.services[app]],
      cloudMapOptions: {
        cloudMapNamespace: network.namespace,
        name: app,
        dnsRecordType: DnsRecordType.A,
        dnsTtl: Duration.seconds(10),
      },
      ...(app === 'gateway' && { healthCheckGracePeriod: Duration.seconds(90) }),
    });
    if (app === 'gateway') {
      service.attachToApplicationTargetGroup(edge.targets);
    }
    this.scale(service.autoScaleTaskCount({ minCapacity: minTasks, maxCapacity: maxTasks }));
  }

  private task(): FargateTaskDefinition {
    const { kafka, deployment } = this.parts;
    const { cpu, memoryMiB } = deployment.services[this.app];
    const task = new FargateTaskDefinition(this, 'Task', {
      family: `${systemName}-${this.app}`,
      cpu,
      memoryLimitMiB: memoryMiB,
      taskRole: taskRole(this, 'Role', this.app, kafka),
    });
    const environment = this.variables();
    addServiceContainer(task, { app: this.app, deployment, environment, secrets: this.secretsOf() });
    return task;
  }

  private variables(): Record<string, string> {
    const { network, kafka, deployment } = this.parts;
    return environmentOf(this.app, {
      publicUrl: deployment.publicUrl,
      campus: deployment.campus,
      retentionDays: deployment.retentionDays,
      accounts: deployment.accounts,
      mailDomain: deployment.mailDomain,
      internalDomain,
      brokers: kafka.brokers,
      region: this.region,
      balancerCidrs: network.vpc.privateSubnets.map(({ ipv4CidrBlock }) => ipv4CidrBlock),
    });
  }

  private secretsOf(): Record<string, ISecret> {
    const { secrets, redis } = this.parts;
    const known: Record<string, ISecret> = {
      SERVICE_TOKEN_SECRET: secrets.serviceToken,
      CURSOR_SECRET: secrets.cursor,
      SIGNING_KEYS: secrets.signingKeys,
      SMTP_URL: secrets.smtpUrl,
      ...(secrets.oidcProviders && { OIDC_PROVIDERS: secrets.oidcProviders }),
      REDIS_URL: redis.cache.url,
      JOBS_REDIS_URL: redis.jobs.url,
    };
    return Object.fromEntries(Object.entries(known).filter(([name]) => secretNames[this.app].includes(name)));
  }

  private scale(tasks: ScalableTaskCount): void {
    const { edge, deployment } = this.parts;
    const { cpuPercent, requestsPerTask } = deployment.services[this.app];
    tasks.scaleOnCpuUtilization('ByCpu', {
      targetUtilizationPercent: cpuPercent,
      scaleInCooldown: Duration.minutes(5),
      scaleOutCooldown: Duration.minutes(1),
    });
    if (this.app === 'gateway') {
      tasks.scaleOnRequestCount('ByRequests', {
        requestsPerTarget: requestsPerTask,
        targetGroup: edge.targets,
      });
      return;
    }
    const balancer = edge.balancer.loadBalancerFullName;
    scaleByRequests(this, { app: this.app, balancer, requestsPerTask }).node.addDependency(tasks);
  }
}

import { Stack } from 'aws-cdk-lib';
import { CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { systemName } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { NetworkStack } from '../network/network.stack.ts';
import { Redis } from './redis.ts';

/** Names of the two Redis, also in their metrics. */
export const redisNames = { cache: `${systemName}-cache`, jobs: `${systemName}-jobs` } as const;

/** Two Redis: a cache that evicts, and jobs, of which nothing may be evicted. */
export class RedisStack extends Stack {
  readonly cache: Redis;
  readonly jobs: Redis;

  constructor(scope: Construct, id: string, { vpc, groups }: NetworkStack, deployment: Deployment) {
    super(scope, id, { stackName: id });
    const subnets = new CfnSubnetGroup(this, 'Subnets', {
      description: 'Redis of the registrar',
      subnetIds: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
    });
    const common = { nodes: deployment.redisNodes, subnets };
    this.cache = new Redis(this, 'Cache', {
      ...common,
      name: redisNames.cache,
      evictionPolicy: 'volatile-lru',
      group: groups.cache,
    });
    this.jobs = new Redis(this, 'Jobs', {
      ...common,
      name: redisNames.jobs,
      evictionPolicy: 'noeviction',
      group: groups.jobs,
    });
  }
}

import { Fn, SecretValue, Validations } from 'aws-cdk-lib';
import type { CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import { CfnParameterGroup, CfnReplicationGroup } from 'aws-cdk-lib/aws-elasticache';
import type { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { storePorts } from '../network/security-groups.ts';

/** The properties of a Redis. */
export interface RedisProps {
  /** What AWS calls it. */
  readonly name: string;
  readonly nodes: 1 | 2;
  readonly evictionPolicy: 'volatile-lru' | 'noeviction';
  readonly subnets: CfnSubnetGroup;
  readonly group: ISecurityGroup;
}

/** A Redis with TLS and a password; its whole address is a secret. */
export class Redis extends Construct {
  /** `rediss://:<password>@<host>:<port>/0`. */
  readonly url: Secret;
  readonly replicationGroup: CfnReplicationGroup;

  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    const password = new Secret(this, 'Password', {
      description: `Password of Redis ${props.name}`,
      generateSecretString: { excludePunctuation: true, passwordLength: 64 },
    });
    this.replicationGroup = this.servers(props, password);
    const { attrPrimaryEndPointAddress: host } = this.replicationGroup;
    const parts = ['rediss://:', password.secretValue.unsafeUnwrap(), '@', host, `:${storePorts.redis}/0`];
    this.url = new Secret(this, 'Url', {
      description: `Address of Redis ${props.name}`,
      // A reference that CloudFormation resolves: the password is in no template.
      secretStringValue: SecretValue.unsafePlainText(Fn.join('', parts)),
    });
    for (const secret of [password, this.url]) {
      Validations.of(secret).acknowledge({
        id: 'AwsSolutions-SMG4',
        reason: 'Changed by hand as the README tells: server and tasks must take up a password together.',
      });
    }
  }

  private servers(props: RedisProps, password: Secret): CfnReplicationGroup {
    const parameters = new CfnParameterGroup(this, 'Parameters', {
      cacheParameterGroupFamily: 'redis7',
      description: `Redis ${props.name}`,
      properties: { 'maxmemory-policy': props.evictionPolicy },
    });
    const several = props.nodes > 1;
    if (!several) {
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-AEC4',
        reason:
          'A deployment that asks for one node: services go on without the cache, and jobs are created again.',
      });
    }
    return new CfnReplicationGroup(this, 'Servers', {
      replicationGroupId: props.name,
      replicationGroupDescription: `Redis ${props.name}`,
      engine: 'redis',
      engineVersion: '7.1',
      cacheNodeType: 'cache.t3.micro',
      numCacheClusters: props.nodes,
      automaticFailoverEnabled: several,
      multiAzEnabled: several,
      port: storePorts.redis,
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
      authToken: password.secretValue.unsafeUnwrap(),
      cacheParameterGroupName: parameters.ref,
      cacheSubnetGroupName: props.subnets.ref,
      securityGroupIds: [props.group.securityGroupId],
      snapshotRetentionLimit: props.evictionPolicy === 'noeviction' ? 1 : 0,
    });
  }
}

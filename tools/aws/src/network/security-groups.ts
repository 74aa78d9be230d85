import { Peer, Port, SecurityGroup, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { appNames, type AppName } from '../deployment/app-names.ts';
import { apiPort } from '../services/ports.ts';
import { needs } from '../services/service-needs.ts';

/** Ports of the stores; Redis is not on its usual one. */
export const storePorts = { redis: 6380, kafka: 9098 } as const;

/** Which group may connect to which; in one place, so that no stack of a service refers to another's. */
export class SecurityGroups extends Construct {
  readonly balancer: SecurityGroup;
  readonly cache: SecurityGroup;
  readonly jobs: SecurityGroup;
  readonly kafka: SecurityGroup;
  /** Of the task that makes the topics. */
  readonly topics: SecurityGroup;
  readonly services: Readonly<Record<AppName, SecurityGroup>>;

  constructor(scope: Construct, id: string, vpc: IVpc) {
    super(scope, id);
    const group = (name: string, description: string, allowAllOutbound: boolean): SecurityGroup =>
      new SecurityGroup(this, name, { vpc, description, allowAllOutbound });
    this.balancer = group('Balancer', 'The load balancer', false);
    this.cache = group('Cache', 'Redis, the cache', false);
    this.jobs = group('Jobs', 'Redis, the jobs', false);
    this.kafka = group('Kafka', 'The brokers', false);
    this.topics = group('Topics', 'The task that makes the topics', true);
    this.services = {
      gateway: group('Gateway', 'The gateway', true),
      courses: group('Courses', 'The courses service', true),
      enrollments: group('Enrollments', 'The enrollments service', true),
      notifications: group('Notifications', 'The notifications service', true),
    };
    this.openToClients(vpc);
    this.openToServices();
  }

  /** The CDN has network interfaces of its own in the private subnets. */
  private openToClients({ privateSubnets }: IVpc): void {
    for (const { ipv4CidrBlock } of privateSubnets) {
      this.balancer.addIngressRule(Peer.ipv4(ipv4CidrBlock), Port.tcp(443), 'The CDN');
    }
    this.services.gateway.connections.allowFrom(this.balancer, Port.tcp(apiPort), 'The load balancer');
  }

  private openToServices(): void {
    for (const app of appNames) {
      const group = this.services[app];
      this.cache.addIngressRule(group, Port.tcp(storePorts.redis), app);
      this.kafka.addIngressRule(group, Port.tcp(storePorts.kafka), app);
      if (needs[app].jobs) this.jobs.addIngressRule(group, Port.tcp(storePorts.redis), app);
      for (const called of needs[app].calls) {
        this.services[called].addIngressRule(group, Port.tcp(apiPort), app);
      }
    }
    this.kafka.addIngressRule(this.topics, Port.tcp(storePorts.kafka), 'topics');
  }
}

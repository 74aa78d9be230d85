import type { Fleet } from '@registrar/costs';
import { z } from 'zod';
import { contractTopics } from '@registrar/stack';
import type { System } from '../system.ts';

/** A public load balancer is in two zones, with an address in each. */
const addressesPerBalancer = 2;
const cpuUnitsPerVcpu = 1024;
const mibPerGb = 1024;

const resource = z.looseObject({ Type: z.string(), Properties: z.looseObject({}).default({}) });
const templateOf = z.looseObject({ Resources: z.record(z.string(), resource) });
type Resource = z.infer<typeof resource>;

const task = z.looseObject({ Family: z.string(), Cpu: z.coerce.number(), Memory: z.coerce.number() });
const service = z.looseObject({ ServiceName: z.string(), DesiredCount: z.number() });
const redis = z.looseObject({ NumCacheClusters: z.number() });
const cluster = z.looseObject({
  NumberOfBrokerNodes: z.number(),
  BrokerNodeGroupInfo: z.looseObject({
    StorageInfo: z.looseObject({ EBSStorageInfo: z.looseObject({ VolumeSize: z.number() }) }),
  }),
});
const balancer = z.looseObject({ Scheme: z.string() });
const capacity = z.looseObject({ ReadCapacityUnits: z.number(), WriteCapacityUnits: z.number() });
const throughput = z.looseObject({ ProvisionedThroughput: capacity.optional() });
const table = throughput.extend({ GlobalSecondaryIndexes: z.array(throughput).default([]) });

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** Counts what is paid for in the templates that CDK synthesises. */
export function fleetOf({ app }: System): Fleet {
  const resources = app
    .synth()
    .stacks.flatMap(({ template }) => Object.values(templateOf.parse(template).Resources));
  const all = (type: string): Resource['Properties'][] =>
    resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const count = (type: string): number => all(type).length;
  const balancers = all('AWS::ElasticLoadBalancingV2::LoadBalancer').map((each) => balancer.parse(each));
  const inPublic = balancers.filter(({ Scheme }) => Scheme === 'internet-facing');
  const natGateways = count('AWS::EC2::NatGateway');
  const provisioned = all('AWS::DynamoDB::Table')
    .map((each) => table.parse(each))
    .flatMap((each) => [each, ...each.GlobalSecondaryIndexes])
    .flatMap(({ ProvisionedThroughput }) => ProvisionedThroughput ?? []);
  return {
    tasks: tasksOf(all('AWS::ECS::Service'), all('AWS::ECS::TaskDefinition')),
    kafka: kafkaOf(all('AWS::MSK::Cluster')),
    cacheNodes: sum(
      all('AWS::ElastiCache::ReplicationGroup').map((each) => redis.parse(each).NumCacheClusters),
    ),
    natGateways,
    loadBalancers: balancers.length,
    distributions: count('AWS::CloudFront::Distribution'),
    addresses: natGateways + inPublic.length * addressesPerBalancer,
    provisionedReadUnits: sum(provisioned.map(({ ReadCapacityUnits }) => ReadCapacityUnits)),
    provisionedWriteUnits: sum(provisioned.map(({ WriteCapacityUnits }) => WriteCapacityUnits)),
    secrets: count('AWS::SecretsManager::Secret'),
    keys: count('AWS::KMS::Key'),
    alarms: count('AWS::CloudWatch::Alarm'),
    dashboards: count('AWS::CloudWatch::Dashboard'),
  };
}

function tasksOf(services: readonly object[], definitions: readonly object[]): Fleet['tasks'] {
  const tasks = definitions.map((each) => task.parse(each));
  return services.map((each) => {
    const { ServiceName: name, DesiredCount } = service.parse(each);
    const found = tasks.find(({ Family }) => Family.endsWith(`-${name}`));
    if (!found) throw new Error(`${name} has no task definition`);
    return {
      service: name,
      count: DesiredCount,
      vcpu: found.Cpu / cpuUnitsPerVcpu,
      gb: found.Memory / mibPerGb,
    };
  });
}

/** A topic of dead letters has one partition. */
function kafkaOf([found]: readonly object[]): Fleet['kafka'] {
  if (!found) {
    return { kind: 'serverless', partitions: sum(contractTopics.map(({ partitions }) => partitions + 1)) };
  }
  const { NumberOfBrokerNodes, BrokerNodeGroupInfo } = cluster.parse(found);
  const { VolumeSize } = BrokerNodeGroupInfo.StorageInfo.EBSStorageInfo;
  return { kind: 'provisioned', brokers: NumberOfBrokerNodes, gbPerBroker: VolumeSize };
}

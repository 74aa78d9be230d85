import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appNames } from '../deployment/app-names.ts';
import { parseDeployment, readDeployment } from '../deployment/deployment.ts';
import { propertiesOf, templateOf, templatesOf } from '../testing/synthesised.ts';
import { readIndexes } from './capacity.ts';
import { tablesOf } from './table-files.ts';

const throughput = z.looseObject({
  ProvisionedThroughput: z
    .looseObject({ ReadCapacityUnits: z.number(), WriteCapacityUnits: z.number() })
    .optional(),
});
const table = throughput.extend({
  TableName: z.string(),
  BillingMode: z.string().optional(),
  KeySchema: z.array(z.looseObject({ AttributeName: z.string() })),
  GlobalSecondaryIndexes: z
    .array(
      throughput.extend({ IndexName: z.string(), Projection: z.looseObject({ ProjectionType: z.string() }) }),
    )
    .default([]),
});

describe.each(appNames)('the tables of %s', (app) => {
  const template = templateOf(`${app}-tables`);
  const tables = propertiesOf(template, 'AWS::DynamoDB::Table').map((each) => table.parse(each));

  it('are those that the service defines, with their keys and indexes', () => {
    const defined = tablesOf(app).map(({ name, partitionKey, sortKey, indexes }) => ({
      name,
      keys: [partitionKey, sortKey].flatMap((key) => key?.name ?? []),
      indexes: indexes.map((index) => index.name),
    }));
    const made = tables.map(({ TableName, KeySchema, GlobalSecondaryIndexes }) => ({
      name: TableName,
      keys: KeySchema.map(({ AttributeName }) => AttributeName),
      indexes: GlobalSecondaryIndexes.map(({ IndexName }) => IndexName),
    }));
    expect(made).toEqual(expect.arrayContaining(defined));
    expect(made).toHaveLength(defined.length);
  });

  it('are on demand, restorable, and not deleted by mistake', () => {
    template.allResourcesProperties('AWS::DynamoDB::Table', {
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
    template.allResources('AWS::DynamoDB::Table', { DeletionPolicy: 'Retain' });
  });

  it('drop expired items where the service says so', () => {
    const expiring = tablesOf(app).filter(({ ttlAttribute }) => ttlAttribute !== undefined);
    for (const { name, ttlAttribute } of expiring) {
      template.hasResourceProperties('AWS::DynamoDB::Table', {
        TableName: name,
        TimeToLiveSpecification: { AttributeName: ttlAttribute, Enabled: true },
      });
    }
  });
});

describe('provisioned tables', () => {
  const templates = templatesOf(parseDeployment({ ...readDeployment('production'), tables: 'provisioned' }));
  const tables = [...templates.values()]
    .flatMap((template) => propertiesOf(template, 'AWS::DynamoDB::Table'))
    .map((each) => table.parse(each));
  const provisioned = tables.filter(({ ProvisionedThroughput }) => ProvisionedThroughput);

  it('have 20 RCU and 10 WCU, and their four indexes for readers 5 RCU each', () => {
    for (const { ProvisionedThroughput } of provisioned) {
      expect(ProvisionedThroughput).toEqual({ ReadCapacityUnits: 20, WriteCapacityUnits: 10 });
    }
    const indexes = provisioned.flatMap(({ GlobalSecondaryIndexes }) => GlobalSecondaryIndexes);
    const read = indexes.filter(({ IndexName }) => readIndexes.includes(IndexName));
    expect(read.map(({ IndexName }) => IndexName).sort()).toEqual([...readIndexes].sort());
    for (const { ProvisionedThroughput } of read) expect(ProvisionedThroughput?.ReadCapacityUnits).toBe(5);
  });

  it('grow with the load', () => {
    templates
      .get('registrar-enrollments-tables')
      ?.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
        ScalableDimension: 'dynamodb:index:ReadCapacityUnits',
        MinCapacity: 5,
        MaxCapacity: 200,
      });
  });

  it('leave those on demand that nobody reads by an index', () => {
    expect(provisioned).toHaveLength(3);
    const others = tables.filter((each) => !provisioned.includes(each));
    expect(others.every(({ BillingMode }) => BillingMode === 'PAY_PER_REQUEST')).toBe(true);
  });
});

describe('the two Redis', () => {
  const template = templateOf('redis');

  it.each([
    ['registrar-cache', 'volatile-lru'],
    ['registrar-jobs', 'noeviction'],
  ])('%s evicts by %s, speaks TLS and may lose a node', (name, policy) => {
    const [group] = Object.entries(
      template.findResources('AWS::ElastiCache::ParameterGroup', {
        Properties: { Properties: { 'maxmemory-policy': policy } },
      }),
    );
    template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
      ReplicationGroupId: name,
      CacheParameterGroupName: { Ref: group?.[0] },
      TransitEncryptionEnabled: true,
      AtRestEncryptionEnabled: true,
      AutomaticFailoverEnabled: true,
      NumCacheClusters: 2,
      AuthToken: Match.anyValue(),
    });
  });

  it('are two', () => {
    template.resourceCountIs('AWS::ElastiCache::ReplicationGroup', 2);
  });
});

describe('the secrets', () => {
  it('are all made or put in, none is in a template', () => {
    const names = propertiesOf(templateOf('secrets'), 'AWS::SecretsManager::Secret').map(({ Name }) => Name);
    expect(names.sort()).toEqual(
      ['service-token', 'cursor', 'signing-keys', 'smtp-url'].map((name) => `registrar/${name}`).sort(),
    );
    templateOf('secrets').allResourcesProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: Match.anyValue(),
      SecretString: Match.absent(),
    });
  });

  it('have the providers of the campus where it signs in, for the gateway alone', () => {
    const accounts = { campusSignIn: true, selfRegistration: false };
    const templates = templatesOf(parseDeployment({ ...readDeployment('production'), accounts }));
    templates.get('registrar-secrets')?.hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'registrar/oidc-providers',
    });
    const texts = [...templates].map(
      ([name, template]) => [name, JSON.stringify(template.toJSON())] as const,
    );
    const using = texts.filter(([, text]) => text.includes('"Name":"OIDC_PROVIDERS"')).map(([name]) => name);
    expect(using).toEqual(['registrar-gateway']);
    templates.get('registrar-gateway')?.hasResourceProperties('AWS::ECS::TaskDefinition', {
      ContainerDefinitions: Match.arrayWith([
        Match.objectLike({ Environment: Match.arrayWith([{ Name: 'SELF_REGISTRATION', Value: 'off' }]) }),
      ]),
    });
  });
});

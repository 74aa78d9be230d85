import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tablesOf } from '../data/table-files.ts';
import { appNames, type AppName } from '../deployment/app-names.ts';
import { propertiesOf, templateOf } from '../testing/synthesised.ts';

const behind = appNames.filter((app) => app !== 'gateway');
const strings = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const statement = z.looseObject({
  Action: strings,
  Resource: z.unknown().transform((value) => (Array.isArray(value) ? value : [value]) as unknown[]),
});
const policy = z.looseObject({
  PolicyName: z.string(),
  PolicyDocument: z.looseObject({ Statement: z.array(statement) }),
});

/** The statements of the role that the service itself runs as. */
function statementsOf(app: AppName) {
  return propertiesOf(templateOf(app), 'AWS::IAM::Policy')
    .map((each) => policy.parse(each))
    .filter(({ PolicyName }) => PolicyName.startsWith('RoleDefaultPolicy'))
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** What stands after `table/` in the ARNs of a statement. */
function tablesIn(resources: unknown[]): string[] {
  return resources
    .map((each) => /table\/([^"]+)/.exec(JSON.stringify(each))?.[1] ?? JSON.stringify(each))
    .sort();
}

describe.each(appNames)('the role of %s', (app) => {
  const statements = statementsOf(app);
  const onTables = statements.filter(({ Action }) => Action.some((each) => each.startsWith('dynamodb:')));

  it('touches its own tables and their indexes only, each by name', () => {
    const own = tablesOf(app).flatMap(({ name, indexes }) => [
      name,
      ...indexes.map((index) => `${name}/index/${index.name}`),
    ]);
    expect(onTables.flatMap(({ Resource }) => tablesIn(Resource))).toEqual(own.sort());
  });

  it('cannot scan, nor anything that is not named', () => {
    const actions = statements.flatMap(({ Action }) => Action);
    expect(actions).toContain('dynamodb:Query');
    expect(actions.filter((action) => /scan|partiql|\*/i.test(action))).toEqual([]);
  });

  it('has no wildcard but the groups of its own instances', () => {
    const wild = statements
      .flatMap(({ Resource }) => Resource)
      .map((each) => JSON.stringify(each))
      .filter((each) => each.includes('*'));
    expect(wild).toHaveLength(1);
    expect(wild[0]).toMatch(new RegExp(`:group/.*/${app}-\\*"`));
  });
});

describe.each(appNames)('the service %s', (app) => {
  const template = templateOf(app);

  it('runs without root, capabilities and a file system to write to', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      RequiresCompatibilities: ['FARGATE'],
      ContainerDefinitions: [
        Match.objectLike({
          User: '1000',
          Privileged: false,
          ReadonlyRootFilesystem: true,
          LinuxParameters: { Capabilities: { Drop: ['ALL'] }, InitProcessEnabled: true },
          PortMappings: [{ ContainerPort: 3000, Protocol: 'tcp' }],
          HealthCheck: Match.objectLike({
            Command: Match.arrayWith([Match.stringLikeRegexp('/health/live')]),
          }),
        }),
      ],
    });
  });

  it('has two to eight tasks, by 60 % of CPU and by requests', () => {
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      MinCapacity: 2,
      MaxCapacity: 8,
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: Match.objectLike({
        TargetValue: 60,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      }),
    });
    template.resourceCountIs('AWS::ApplicationAutoScaling::ScalingPolicy', 2);
  });

  it('is found by its name inside, has no public address and goes back by itself', () => {
    template.hasResourceProperties('AWS::ServiceDiscovery::Service', { Name: app });
    template.hasResourceProperties('AWS::ECS::Service', {
      ServiceName: app,
      NetworkConfiguration: { AwsvpcConfiguration: Match.objectLike({ AssignPublicIp: 'DISABLED' }) },
      DeploymentConfiguration: Match.objectLike({
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        MinimumHealthyPercent: 100,
      }),
    });
  });

  it('keeps its logs for 30 days', () => {
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: `/registrar/${app}`,
      RetentionInDays: 30,
    });
  });
});

describe('requests', () => {
  it('scale the gateway by the count at its targets', () => {
    templateOf('gateway').hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: Match.objectLike({
        TargetValue: 6000,
        PredefinedMetricSpecification: Match.objectLike({ PredefinedMetricType: 'ALBRequestCountPerTarget' }),
      }),
    });
  });

  it.each(behind)('scale %s by its share of the requests of all', (app) => {
    templateOf(app).hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      ResourceId: `service/registrar/${app}`,
      TargetTrackingScalingPolicyConfiguration: Match.objectLike({
        CustomizedMetricSpecification: {
          Metrics: Match.arrayWith([Match.objectLike({ Expression: 'requests / tasks', ReturnData: true })]),
        },
      }),
    });
  });
});

describe('the load balancer', () => {
  it('stands before the gateway alone', () => {
    const behindIt = appNames.filter((app) => {
      const [service] = propertiesOf(templateOf(app), 'AWS::ECS::Service');
      return service?.['LoadBalancers'] !== undefined;
    });
    expect(behindIt).toEqual(['gateway']);
  });

  it('asks for readiness on the API port, and speaks TLS', () => {
    templateOf('edge').hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', {
      HealthCheckPath: '/health/ready',
      Port: 3000,
      TargetType: 'ip',
    });
    templateOf('edge').hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
    });
  });

  it('lets nobody to the management port', () => {
    const network = JSON.stringify(templateOf('network').toJSON());
    expect(network).toContain('3000');
    expect(network).not.toContain('9464');
  });
});

import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { deadLetterTopicOf } from '@registrar/messaging';
import type { Construct } from 'constructs';
import type { AppName } from '../deployment/app-names.ts';
import { tablesOf } from '../data/table-files.ts';
import { clusterExport, type KafkaStack } from '../messaging/kafka.stack.ts';
import { needs } from './service-needs.ts';

/** What a service does with its tables. A scan is not among it. */
const tableActions = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];

/** The role of a service: its own tables, their indexes by name, its topics and groups; nothing else. */
export function taskRole(scope: Construct, id: string, app: AppName, kafka: KafkaStack): Role {
  const role = new Role(scope, id, { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  role.addToPolicy(tableStatement(Stack.of(scope), app));
  for (const statement of kafkaStatements(app, kafka)) role.addToPolicy(statement);
  Validations.of(role).acknowledge({
    id: instanceGroupsFinding(app),
    reason: 'Every instance has a consumer group of its own, named after the service and the instance.',
  });
  return role;
}

function tableStatement(stack: Stack, app: AppName): PolicyStatement {
  const arn = (resourceName: string): string =>
    stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName });
  const resources = tablesOf(app).flatMap(({ name, indexes }) => [
    arn(name),
    ...indexes.map((index) => arn(`${name}/index/${index.name}`)),
  ]);
  return new PolicyStatement({ actions: tableActions, resources });
}

function kafkaStatements(app: AppName, kafka: KafkaStack): PolicyStatement[] {
  const { publishes, consumes } = needs[app];
  const written = [
    ...publishes.map(({ name }) => name),
    ...consumes.map(({ name }) => deadLetterTopicOf(name)),
  ];
  const topic = (name: string): string => kafka.arnOf('topic', name);
  const statement = (actions: string[], resources: string[]): PolicyStatement =>
    new PolicyStatement({ actions: actions.map((action) => `kafka-cluster:${action}`), resources });
  return [
    kafka.connect(),
    statement(
      ['DescribeTopic', 'ReadData'],
      consumes.map(({ name }) => topic(name)),
    ),
    statement(['DescribeTopic', 'WriteData'], written.map(topic)),
    statement(['AlterGroup', 'DescribeGroup'], [kafka.arnOf('group', app), kafka.arnOf('group', `${app}-*`)]),
  ];
}

/** As cdk-nag spells the one wildcard of the role. */
function instanceGroupsFinding(app: AppName): string {
  const uuid = `{"Fn::Select":[2,{"Fn::Split":["/",{"Fn::ImportValue":"${clusterExport}"}]}]}`;
  const cluster = `arn:<AWS::Partition>:kafka:<AWS::Region>:<AWS::AccountId>:group/registrar/${uuid}`;
  return `AwsSolutions-IAM5[Resource::${cluster}/${app}-*]`;
}

import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { systemName } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { EdgeStack } from '../network/edge.stack.ts';
import { Alarms } from './alarms.ts';
import { panels } from './panels.ts';

/** The dashboard and the alarms. It refers to services by name only, so none must be deployed before it. */
export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, edge: EdgeStack, deployment: Deployment) {
    super(scope, id, { stackName: id });
    const key = new Key(this, 'Key', {
      description: 'What alarms say',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    const topic = new Topic(this, 'Alarms', { masterKey: key, enforceSSL: true });
    if (deployment.alarmEmail !== undefined) {
      topic.addSubscription(new EmailSubscription(deployment.alarmEmail));
    }
    new Alarms(this, 'Rules', topic, edge);
    const all = panels(edge, deployment);
    const rows = all.flatMap((panel, at) => (at % 2 === 0 ? [[panel, ...all.slice(at + 1, at + 2)]] : []));
    new Dashboard(this, 'Dashboard', { dashboardName: systemName, widgets: rows });
  }
}

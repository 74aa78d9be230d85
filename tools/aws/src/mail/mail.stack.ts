import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement, User, Group } from 'aws-cdk-lib/aws-iam';
import { ConfigurationSet, ConfigurationSetTlsPolicy, EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { systemName } from '../deployment/app-names.ts';
import type { Deployment } from '../deployment/deployment.ts';

/**
 * The domain that mails are sent from, and a user who may do nothing but that. Its SMTP password is made of an
 * access key outside of CloudFormation, as no template may hold it.
 */
export class MailStack extends Stack {
  constructor(scope: Construct, id: string, { mailDomain }: Deployment) {
    super(scope, id, { stackName: id });
    const settings = new ConfigurationSet(this, 'Settings', {
      configurationSetName: systemName,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
    });
    const identity = new EmailIdentity(this, 'Domain', {
      identity: Identity.domain(mailDomain),
      configurationSet: settings,
    });
    const senders = new Group(this, 'Senders', { groupName: `${systemName}-smtp` });
    const arn = (resource: string, resourceName: string) =>
      this.formatArn({ service: 'ses', resource, resourceName });
    new Policy(this, 'Send', {
      groups: [senders],
      statements: [
        new PolicyStatement({
          actions: ['ses:SendRawEmail'],
          resources: [identity.emailIdentityArn, arn('configuration-set', systemName)],
        }),
      ],
    });
    new User(this, 'Smtp', { userName: `${systemName}-smtp`, groups: [senders] });
    identity.dkimRecords.forEach(({ name, value }, at) => {
      new CfnOutput(this, `Dkim${at + 1}`, { value: `${name} CNAME ${value}` });
    });
  }
}

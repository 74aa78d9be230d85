import { Stack, Validations } from 'aws-cdk-lib';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

const lambdaReason =
  'CDK’s own function, run at deployments only; CDK chooses its runtime and its logging role.';

/** Reads the addresses of the brokers from MSK: CloudFormation does not have them. */
export class BootstrapBrokers extends Construct {
  /** `host:9098`, several with commas between. */
  readonly brokers: string;

  constructor(scope: Construct, id: string, clusterArn: string) {
    super(scope, id);
    const answer = new AwsCustomResource(this, 'Ask', {
      onUpdate: {
        service: 'Kafka',
        action: 'getBootstrapBrokers',
        parameters: { ClusterArn: clusterArn },
        physicalResourceId: PhysicalResourceId.of('bootstrap-brokers'),
        outputPaths: ['BootstrapBrokerStringSaslIam'],
      },
      policy: AwsCustomResourcePolicy.fromStatements([
        new PolicyStatement({ actions: ['kafka:GetBootstrapBrokers'], resources: [clusterArn] }),
      ]),
      installLatestAwsSdk: false,
    });
    this.brokers = answer.getResponseField('BootstrapBrokerStringSaslIam');
    const logging = 'Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    for (const id of ['AwsSolutions-L1', `AwsSolutions-IAM4[${logging}]`]) {
      Validations.of(Stack.of(this)).acknowledge({ id, reason: lambdaReason });
    }
  }
}

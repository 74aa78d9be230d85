import { describe, expect, it } from 'vitest';
import { parseDeployment, readDeployment } from '../deployment/deployment.ts';
import { templateOf, templatesOf } from '../testing/synthesised.ts';

const iamAlone = { Sasl: { Iam: { Enabled: true } } };

describe('Kafka', () => {
  it('has brokers that speak TLS to IAM roles alone', () => {
    const template = templateOf('kafka');
    template.hasResourceProperties('AWS::MSK::Cluster', {
      NumberOfBrokerNodes: 2,
      ClientAuthentication: { ...iamAlone, Unauthenticated: { Enabled: false } },
      EncryptionInfo: { EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true } },
    });
    template.resourceCountIs('AWS::MSK::ServerlessCluster', 0);
  });

  it('is serverless where the deployment says so', () => {
    const serverless = parseDeployment({ ...readDeployment('production'), kafka: { kind: 'serverless' } });
    const template = templatesOf(serverless).get('registrar-kafka');
    template?.hasResourceProperties('AWS::MSK::ServerlessCluster', { ClientAuthentication: iamAlone });
    template?.resourceCountIs('AWS::MSK::Cluster', 0);
    expect(template).toBeDefined();
  });

  it('has its topics made by a task that may make those of the contracts and no other', () => {
    const text = JSON.stringify(templateOf('topics').toJSON());
    expect(text).toContain('kafka-cluster:CreateTopic');
    expect(text).toContain('kafka-cluster:AlterTopicDynamicConfiguration');
    expect(text).toContain('courses.course.v1.dlq');
    expect(text).not.toMatch(/:topic\/[^"]*\*/);
  });
});

import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { parseDeployment, readDeployment } from './deployment/deployment.ts';
import { systemOf } from './system.ts';

const production = readDeployment('production');
const choices = {
  production,
  smallest: readDeployment('smallest'),
  'provisioned tables': parseDeployment({ ...production, tables: 'provisioned' }),
  'serverless Kafka': parseDeployment({ ...production, kafka: { kind: 'serverless' } }),
};

describe('the rules of cdk-nag', () => {
  it.each(Object.entries(choices))('find nothing unexplained in %s', (_name, deployment) => {
    const { app } = systemOf(deployment);
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    const found = violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ resourceLogicalId }) => `${ruleName} ${resourceLogicalId}`),
    );
    expect(found).toEqual([]);
  });
});

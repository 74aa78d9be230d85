import { describe, expect, it } from 'vitest';
import { appNames, type AppName } from './deployment/app-names.ts';
import { parseDeployment, readDeployment, type Deployment } from './deployment/deployment.ts';
import { systemOf } from './system.ts';
import { templatesOf } from './testing/synthesised.ts';

const production = readDeployment('production');
const choices: Record<string, Deployment> = {
  production,
  smallest: readDeployment('smallest'),
  'provisioned tables': parseDeployment({ ...production, tables: 'provisioned' }),
  'serverless Kafka': parseDeployment({ ...production, kafka: { kind: 'serverless' } }),
  'two NAT gateways': parseDeployment({ ...production, natGateways: 2 }),
};

describe('synthesis', () => {
  it.each(Object.entries(choices))('leaves no finding of cdk-nag unexplained in %s', (_name, deployment) => {
    expect(() => templatesOf(deployment)).not.toThrow();
  });

  it('stops at a finding of cdk-nag', () => {
    const { app, stacks } = systemOf(production);
    const bucket = stacks.get('registrar-edge')?.node.findChild('AccessLogs').node.defaultChild;
    if (!bucket || !('addPropertyDeletionOverride' in bucket)) throw new Error('there is no bucket');
    const policy = stacks.get('registrar-edge')?.node.findChild('AccessLogs').node.tryRemoveChild('Policy');
    expect(policy).toBe(true);
    expect(() => app.synth()).toThrow(/[Vv]alidation/);
  });

  it('makes no look-up', () => {
    expect(systemOf(production).app.synth().manifest.missing ?? []).toEqual([]);
  });
});

describe('a new image of one service', () => {
  const texts = (deployment: Deployment) =>
    new Map(
      [...templatesOf(deployment)].map(([name, template]) => [name, JSON.stringify(template.toJSON())]),
    );
  const before = texts(production);

  it.each(appNames)('changes the stack of %s alone', (app: AppName) => {
    const services = { ...production.services, [app]: { ...production.services[app], tag: '0.2.0' } };
    const after = texts({ ...production, services });
    const changed = [...after].filter(([name, text]) => text !== before.get(name)).map(([name]) => name);
    expect(changed).toEqual([`registrar-${app}`]);
  });

  const { stacks } = systemOf(production);

  it.each(appNames)('is waited for by no stack: nothing stands on that of %s', (app) => {
    const waiting = [...stacks.values()].filter(({ dependencies }) =>
      dependencies.some(({ stackName }) => stackName === `registrar-${app}`),
    );
    expect(waiting).toEqual([]);
  });
});

describe('a deployment', () => {
  it('is refused with every fault at once', () => {
    const bad = { ...production, tables: 'some', redisNodes: 3, colour: 'red' };
    expect(() => parseDeployment(bad)).toThrow(/tables[^]*redisNodes|redisNodes[^]*tables/);
    expect(() => parseDeployment(bad)).toThrow(/colour/);
  });

  it('has no fewer tasks at most than at least', () => {
    const gateway = { ...production.services.gateway, minTasks: 9 };
    expect(() => parseDeployment({ ...production, services: { ...production.services, gateway } })).toThrow(
      /minTasks/,
    );
  });
});

import { readArchitecture, readPriceList } from '@registrar/costs';
import { describe, expect, it } from 'vitest';
import { parseDeployment, readDeployment } from '../deployment/deployment.ts';
import { systemOf } from '../system.ts';
import { architectureNow, estimateOf, tableOf } from './cost.ts';
import { fleetOf } from './fleet-of.ts';

const production = readDeployment('production');

describe('what is paid for', () => {
  it('is kept for others as it is synthesised: npm run cost -- --write', () => {
    expect(readArchitecture()).toEqual(architectureNow());
  });

  it('is the capacity of provisioned tables, and of their indexes', () => {
    const fleet = fleetOf(systemOf(parseDeployment({ ...production, tables: 'provisioned' })));
    expect(fleet.provisionedReadUnits).toBeGreaterThanOrEqual(3 * 20 + 4 * 5);
    expect(fleet.provisionedWriteUnits).toBeGreaterThanOrEqual(3 * 10);
  });

  it('is hours and partitions of a serverless Kafka', () => {
    const { kafka } = fleetOf(systemOf(parseDeployment({ ...production, kafka: { kind: 'serverless' } })));
    expect(kafka).toMatchObject({ kind: 'serverless' });
    expect(kafka.kind === 'serverless' && kafka.partitions).toBeGreaterThan(6);
  });

  it('is as much as the tasks are large', () => {
    const gateway = { ...production.services.gateway, cpu: 1024, memoryMiB: 2048, minTasks: 3 };
    const services = { ...production.services, gateway };
    const { tasks } = fleetOf(systemOf(parseDeployment({ ...production, services })));
    expect(tasks).toContainEqual({ service: 'gateway', count: 3, vcpu: 1, gb: 2 });
  });
});

describe('the estimate', () => {
  it('is the sum of its lines, less for the smallest deployment', () => {
    const [large, small] = [estimateOf('production'), estimateOf('smallest')];
    const sum = large.lines.reduce((all, { usd }) => all + usd, 0);
    expect(large.totalUsd).toBeCloseTo(sum, 5);
    expect(small.totalUsd).toBeLessThan(large.totalUsd);
  });

  it('is a table that says of what date its prices are', () => {
    const text = tableOf(estimateOf('production'));
    expect(text).toContain(readPriceList().asOf);
    expect(text).toMatch(/4 services on Fargate +8 tasks/);
    expect(text).toMatch(/together +\$\d+\.\d\d$/);
  });
});

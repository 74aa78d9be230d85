import { describe, expect, it } from 'vitest';
import { architectureBill, comparedTotals, monthlyUse, totalOf } from './bill.rules.ts';
import type { Fleet } from './fleet.ts';
import { readPriceList } from './price-list.ts';

const list = readPriceList();

describe('the bill like for like', () => {
  it('comes to $118.50 before and $68.50 after', () => {
    expect(comparedTotals(list.likeForLike.lines)).toEqual({ before: 118.5, after: 68.5 });
  });
});

describe('a month', () => {
  const measured = {
    bytesPerRequestBefore: 10_000,
    bytesPerRequestAfter: 2_000,
    readUnitsPerThousand: 4,
    writeUnitsPerEnrollment: 20,
  };

  it('has as many requests as made up the transfer of the old system', () => {
    expect(monthlyUse(measured, list)).toEqual({
      requests: 50_000_000,
      readUnits: 200_000,
      writeUnits: 2_000_000,
      transferGb: 100,
    });
  });
});

describe('the bill of the architecture', () => {
  const use = { requests: 50_000_000, readUnits: 8_000_000, writeUnits: 2_000_000, transferGb: 100 };
  const services = ['gateway', 'courses', 'enrollments', 'notifications'];
  const fleet: Fleet = {
    tasks: services.map((service) => ({ service, count: 1, vcpu: 0.25, gb: 0.5 })),
    kafka: { kind: 'provisioned', brokers: 2, gbPerBroker: 10 },
    cacheNodes: 2,
    natGateways: 1,
    loadBalancers: 1,
    distributions: 0,
    addresses: 3,
    provisionedReadUnits: 0,
    provisionedWriteUnits: 0,
    secrets: 5,
    keys: 1,
    alarms: 20,
    dashboards: 1,
  };
  const billOf = (changed: Partial<Fleet> = {}) => architectureBill(use, { ...fleet, ...changed }, list);
  const usdOf = (changed?: Partial<Fleet>) =>
    Object.fromEntries(billOf(changed).map(({ what, usd }) => [what, Number(usd.toFixed(2))]));

  it('pays for everything that it consists of', () => {
    expect(usdOf()).toEqual({
      '4 services on Fargate': 36.04,
      'Kafka (MSK)': 68.58,
      'Redis (ElastiCache)': 24.82,
      'DynamoDB, reads on demand': 1,
      'DynamoDB, writes on demand': 1.25,
      'DynamoDB, storage': 0.5,
      'DynamoDB, point-in-time recovery': 0.4,
      'Load balancer': 22.27,
      NAT: 33.75,
      'Public addresses': 10.95,
      'Transfer out': 9,
      'Mail (SES)': 10,
      'Logs (CloudWatch)': 2.5,
      'Container Insights': 27.6,
      Alarms: 2,
      Dashboards: 3,
      Secrets: 2,
      'Keys (KMS)': 1,
    });
    const sum = Object.values(usdOf()).reduce((all, each) => all + each, 0);
    expect(totalOf(billOf())).toBeCloseTo(sum, 1);
  });

  it('pays the CDN by request and by what it sends, and no other transfer', () => {
    const usd = usdOf({ distributions: 1 });
    expect([usd['CDN, requests'], usd['CDN, transfer out'], usd['Transfer out']]).toEqual([
      50,
      8.5,
      undefined,
    ]);
  });

  it('has capacity that was provisioned, used or not', () => {
    const usd = usdOf({ provisionedReadUnits: 20, provisionedWriteUnits: 10 });
    expect(usd['DynamoDB, provisioned reads']).toBe(1.9);
    expect(usd['DynamoDB, provisioned writes']).toBe(4.75);
  });

  it('pays a serverless Kafka by the hour, the partition and the traffic', () => {
    expect(usdOf({ kafka: { kind: 'serverless', partitions: 100 } })['Kafka (MSK)']).toBe(658.5);
  });
});

describe('the prices', () => {
  it('each say where they are from', () => {
    for (const { usd, source } of Object.values(list.prices)) {
      expect(usd).toBeGreaterThan(0);
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
    }
  });
});

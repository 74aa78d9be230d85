import { describe, expect, it } from 'vitest';
import { architectureBill, comparedTotals, monthlyUse, totalOf } from './bill.rules.ts';
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

  it('pays for everything that it consists of', () => {
    const bill = architectureBill(use, list.assumptions.least, list);
    const usd = Object.fromEntries(bill.map(({ what, usd: each }) => [what, Number(each.toFixed(2))]));
    expect(usd).toMatchObject({
      'Four services on Fargate': 36.04,
      'Kafka (MSK)': 68.58,
      'Redis (ElastiCache)': 12.41,
      'DynamoDB, reads on demand': 1,
      'DynamoDB, writes on demand': 1.25,
      'Transfer out': 9,
      'Mail (SES)': 10,
    });
    expect(totalOf(bill)).toBeCloseTo(
      Object.values(usd).reduce((sum, each) => sum + each, 0),
      1,
    );
  });

  it('costs more where everything is there twice', () => {
    const [least, redundant] = [list.assumptions.least, list.assumptions.redundant].map((fleet) =>
      totalOf(architectureBill(use, fleet, list)),
    );
    expect(redundant).toBeGreaterThan((least ?? 0) * 1.4);
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

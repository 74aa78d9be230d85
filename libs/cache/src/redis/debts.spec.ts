import { describe, expect, it } from 'vitest';
import { Debts } from './debts.ts';

describe('Debts', () => {
  it('are settled by a payment that began after them, and not by one that began before', () => {
    const debts = new Debts();
    debts.owe({});
    const paid = debts.beginPayment();
    debts.owe({});
    paid();
    expect(debts.size).toBe(1);
  });

  it('are forgiven one by one', () => {
    const debts = new Debts();
    const [one, other] = [{}, {}];
    debts.owe(one);
    debts.owe(other);
    debts.forgive(one);
    expect(debts.size).toBe(1);
  });

  it('never grow beyond a bound, and never vanish by it', () => {
    const debts = new Debts();
    for (let index = 0; index < 999; index += 1) debts.owe({});
    const paid = debts.beginPayment();
    for (let index = 0; index < 10_000; index += 1) debts.owe({});
    expect(debts.size).toBeLessThanOrEqual(1_000);
    paid();
    expect(debts.size).toBeGreaterThan(0);
    debts.beginPayment()();
    expect(debts.size).toBe(0);
  });
});

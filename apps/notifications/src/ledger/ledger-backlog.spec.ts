import { describe, expect, it } from 'vitest';
import { LedgerBacklog } from './ledger-backlog.ts';

describe('work that gives way to the ledger', () => {
  it('goes on at once where nothing waits, and otherwise when it is written', async () => {
    const backlog = new LedgerBacklog();
    await backlog.yieldUntilEmpty(60_000);
    backlog.waiting = 1;
    let went = false;
    const way = backlog.yieldUntilEmpty(60_000).then(() => (went = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(went).toBe(false);
    backlog.waiting = 0;
    await way;
  });

  it('continues when its time limit is reached', async () => {
    const backlog = new LedgerBacklog();
    backlog.waiting = 1;
    await backlog.yieldUntilEmpty(20);
    expect(backlog.waiting).toBe(1);
  });
});

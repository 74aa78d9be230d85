/** Writes that are remembered one by one. */
const maxDebts = 1_000;

/**
 * What an instance owes the others: one debt for each write that may not have reached Redis, and for each
 * lost connection, paid by raising the epoch.
 *
 * Guarantee: paying settles what was owed when it began, and nothing that came since. Bounded.
 */
export class Debts {
  private readonly owed = new Set<object>();

  /** How much is owed. */
  get size(): number {
    return this.owed.size;
  }

  /** Owes one more write. */
  owe(debt: object): void {
    if (this.owed.size >= maxDebts) {
      // One stands for all of them: a new one, as the old ones may be about to be counted as paid.
      this.owed.clear();
      this.owed.add({});
    }
    this.owed.add(debt);
  }

  /** Forgives a debt, as its write did arrive. */
  forgive(debt: object): void {
    this.owed.delete(debt);
  }

  /** Begins a payment; what it gives is to be called when the payment is certain. */
  beginPayment(): () => void {
    const owed = [...this.owed];
    return () => {
      for (const debt of owed) this.owed.delete(debt);
    };
  }
}

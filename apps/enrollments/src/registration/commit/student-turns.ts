/**
 * Lets each student's requests run one after the other on this instance, whatever courses they are for: they
 * would otherwise meet at the student's semester and cancel each other's commits. Across instances the
 * conditions of the commit do the same, slower.
 */
export class StudentTurns {
  private readonly last = new Map<string, Promise<unknown>>();

  async run<T>(userId: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(userId) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.last.set(userId, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(userId) === mine) this.last.delete(userId);
    }
  }
}

import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inFileOrder } from './file-order.ts';
import type { OrderedChange } from './file-order.ts';

interface Line extends OrderedChange {
  at: number;
  turns: number;
}

const files = fc
  .array(
    fc.record({
      userId: fc.constantFrom('a', 'b', 'c'),
      courseIds: fc.subarray(['x', 'y', 'free', 'open'], { minLength: 1, maxLength: 2 }),
      turns: fc.nat(4),
    }),
    { maxLength: 25 },
  )
  .map((lines) => lines.map((line, at): Line => ({ ...line, at })));

async function wait(turns: number): Promise<void> {
  for (let count = 0; count < turns; count += 1) await turn();
}

describe('the lines of a file', () => {
  it('begin in order of the file where a course is contended, and after the end of the one before of the student', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 8 }), async (lines, limit) => {
        const begun: Line[] = [];
        const running = new Set<Line>();
        let most = 0;
        const results = await inFileOrder(
          lines,
          { limit, isContended: (id) => id === 'x' || id === 'y' },
          async (line) => {
            for (const other of running) {
              expect(other.userId).not.toBe(line.userId);
              if (line.courseIds.length + other.courseIds.length > 2)
                expect(other.courseIds.filter((id) => line.courseIds.includes(id))).toEqual([]);
            }
            begun.push(line);
            running.add(line);
            most = Math.max(most, running.size);
            await wait(line.turns);
            running.delete(line);
            return line.at;
          },
        );
        expect(results).toEqual(lines.map(({ at }) => at));
        expect(most).toBeLessThanOrEqual(limit);
        for (const name of ['a', 'b', 'c', 'x', 'y']) {
          const own = begun.filter(({ userId, courseIds }) => userId === name || courseIds.includes(name));
          expect(own.map(({ at }) => at)).toEqual(own.map(({ at }) => at).sort((a, b) => a - b));
        }
      }),
    );
  });

  it('wait for one another in a course that matters to a change of several, and nowhere else', async () => {
    const alone = (userId: string) => ({ userId, courseIds: ['free'] });
    const changes = [
      alone('a'),
      alone('b'),
      { userId: 'c', courseIds: ['x', 'y'] },
      { userId: 'd', courseIds: ['y'] },
    ];
    const running = new Set<string>();
    const seen: string[][] = [];
    await inFileOrder(changes, { limit: 8, isContended: () => false }, async ({ userId }) => {
      seen.push([...running]);
      running.add(userId);
      await wait(3);
      running.delete(userId);
    });
    expect(seen).toEqual([[], ['a'], ['a', 'b'], []]);
  });

  it('stop at the first error, when all that runs has ended', async () => {
    const lines = Array.from({ length: 50 }, (_, at) => ({ userId: `${at}`, courseIds: ['x'], at }));
    let running = 0;
    let begun = 0;
    const done = inFileOrder(lines, { limit: 4, isContended: () => true }, async ({ at }) => {
      running += 1;
      begun += 1;
      await wait(2);
      running -= 1;
      if (at === 5) throw new Error('the store is away');
    });
    await expect(done).rejects.toThrow('the store is away');
    expect(running).toBe(0);
    expect(begun).toBeLessThan(12);
  });
});

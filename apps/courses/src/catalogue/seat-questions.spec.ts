import { describe, expect, it } from 'vitest';
import { SeatQuestions } from './seat-questions.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const ids = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `crs_${from + at}`);

/** Questions whose answers the test gives. */
function setUp() {
  const open: { asked: readonly string[]; answer: () => void; fail: () => void }[] = [];
  const answered: string[] = [];
  const questions = new SeatQuestions(
    (asked) =>
      new Promise((resolve, reject) =>
        open.push({ asked, answer: () => resolve([]), fail: () => reject(new Error('away')) }),
      ),
    (asked) => answered.push(...asked),
  );
  return { questions, open, answered };
}

describe('questions about seats', () => {
  it('are one for all pages that are rendered together, and for those that come while it is asked', async () => {
    const { questions, open, answered } = setUp();
    const pages = [ids(20), ids(20, 10), ids(20, 20)].map((page) => questions.about(page));
    await turn();
    const later = questions.about(ids(5));
    await turn();
    expect(open.map(({ asked }) => asked.length)).toEqual([40]);
    open[0]?.answer();
    await Promise.all([...pages, later]);
    expect(answered).toEqual(ids(40));
  });

  it('are two at a time, of 200 courses at most, however many are to be asked for', async () => {
    const { questions, open, answered } = setUp();
    const all = questions.about(ids(900));
    for (let at = 0; at < 5; at += 1) {
      await turn();
      expect(open.length).toBeLessThanOrEqual(at + 2);
      expect(open[at]?.asked.length).toBe(at < 4 ? 200 : 100);
      open[at]?.answer();
    }
    await all;
    expect(answered).toEqual(ids(900));
  });

  it('that fail leave what is known, and ask for a rest', async () => {
    const { questions, open, answered } = setUp();
    const page = questions.about(ids(3));
    await turn();
    open[0]?.fail();
    await page;
    expect([answered, questions.isResting]).toEqual([[], true]);
  });
});

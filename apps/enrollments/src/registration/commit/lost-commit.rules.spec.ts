import { describe, expect, it } from 'vitest';
import { dropping } from '../testing/changes.ts';
import type { Entry } from './course-queue.ts';
import { lostGroup } from './lost-commit.rules.ts';
import type { Failure } from './transaction.ts';

const entryOf = (userId: string): Entry => ({
  command: dropping('c', userId),
  trace: undefined,
  deadline: Infinity,
  resolve: () => undefined,
  reject: () => undefined,
});

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(entryOf) as [Entry, Entry, Entry, Entry];
const student = (userId: string, reason: Failure['reason']): Failure => ({
  owner: { kind: 'student', userId },
  reason,
  item: undefined,
});
const course = (reason: Failure['reason']): Failure => ({
  owner: { kind: 'course', courseId: 'c' },
  reason,
  item: undefined,
});
const sorted = (...failures: Failure[]) => lostGroup({ kind: 'lost', failures }, [a, b, c, d]);
const nobody = { changed: [], contended: [], refused: [], refusedOthers: [], shared: undefined };

describe('a commit that was lost', () => {
  it('concerns each by the own reason, and leaves the others out', () => {
    const reasons = [student('a', 'refused'), student('b', 'throttled'), student('c', 'condition')];
    expect(sorted(...reasons)).toEqual({ ...nobody, refused: [a], contended: [b], changed: [c] });
  });

  it('concerns one with several reasons by the worst', () => {
    expect(sorted(student('a', 'condition'), student('a', 'refused'))).toEqual({ ...nobody, refused: [a] });
  });

  it('concerns all by what they share, and each by the own reason too', () => {
    expect(sorted(course('condition'), course('throttled'), student('a', 'refused'))).toEqual({
      ...nobody,
      refused: [a],
      shared: 'throttled',
    });
  });

  it('passes over others whose change is not taken, and reads again what changed about them', () => {
    expect(sorted(student('w', 'refused'))).toEqual({ ...nobody, refusedOthers: ['w'] });
    expect(sorted(student('w', 'condition'))).toEqual({ ...nobody, shared: 'condition' });
  });

  it('concerns all where it is refused as a whole, and where no reason is given', () => {
    expect(lostGroup({ kind: 'refused' }, [a])).toEqual({ ...nobody, shared: 'refused' });
    expect(sorted()).toEqual({ ...nobody, shared: 'conflict' });
  });
});

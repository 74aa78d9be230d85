import { describe, expect, it } from 'vitest';
import { isMatched } from './match.rules.ts';
import type { Match, MatchedStudent } from './match.rules.ts';

const student: MatchedStudent = {
  programs: ['CSCI', 'MATH'],
  level: 'junior',
  groups: ['honors'],
  earnedCredits: 60.5,
};
const unknown: MatchedStudent = { programs: [], level: null, groups: [], earnedCredits: 0 };

describe('a match', () => {
  it.each<[Match, boolean]>([
    [{ programs: ['CSCI'] }, true],
    [{ programs: ['ARCH', 'MATH'] }, true],
    [{ programs: ['ARCH'] }, false],
    [{ programs: ['csci'] }, false],
    [{ levels: ['senior', 'junior'] }, true],
    [{ levels: ['senior'] }, false],
    [{ groups: ['honors'] }, true],
    [{ groups: ['athletes'] }, false],
    [{ minCredits: 60.5 }, true],
    [{ minCredits: 60.75 }, false],
    [{ programs: ['CSCI'], levels: ['junior'], groups: ['honors'], minCredits: 60 }, true],
    [{ programs: ['CSCI'], levels: ['senior'] }, false],
    [{ programs: ['ARCH'], levels: ['junior'] }, false],
    [{ programs: undefined, levels: ['junior'] }, true],
  ])('%j holds for a student: %s', (match, isFor) => {
    expect(isMatched(match, student)).toBe(isFor);
  });

  it.each<[Match, boolean]>([
    [{ programs: ['CSCI'] }, false],
    [{ levels: ['junior'] }, false],
    [{ groups: ['honors'] }, false],
    [{ minCredits: 0 }, true],
    [{ minCredits: 0.25 }, false],
  ])('%j holds for one of whom nothing is recorded: %s', (match, isFor) => {
    expect(isMatched(match, unknown)).toBe(isFor);
  });
});

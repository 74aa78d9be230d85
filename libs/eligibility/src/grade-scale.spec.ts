import { describe, expect, it } from 'vitest';
import { GradeScale, defaultGrades } from './grade-scale.ts';

const scale = new GradeScale();

describe('the grade scale', () => {
  it.each<[string | null, boolean]>([
    ['A+', true],
    ['D-', true],
    ['F', false],
    ['P', true],
    [null, true],
    ['50', true],
    ['100', true],
    ['49', false],
    ['0', false],
    ['a', false],
    ['E', false],
    ['', false],
    ['050', false],
    ['101', false],
    ['64.5', false],
  ])('of a campus says of %j whether it passes: %s', (grade, passes) => {
    expect(scale.passes(grade)).toBe(passes);
  });

  it.each<[string | null, string, boolean]>([
    ['C', 'C', true],
    ['C+', 'C', true],
    ['A+', 'D-', true],
    ['C-', 'C', false],
    ['F', 'D-', false],
    ['P', 'D-', false],
    [null, 'D-', false],
    ['P', 'P', false],
    ['65', '65', true],
    ['100', '65', true],
    ['64', '65', false],
    ['9', '10', false],
    ['90', 'C', false],
    ['A', '50', false],
    ['E', 'C', false],
    ['C', 'E', false],
  ])('says whether %j is at least %s: %s', (grade, least, reaches) => {
    expect(scale.reaches(grade, least)).toBe(reaches);
  });

  it.each<[string, boolean, boolean]>([
    ['B-', true, true],
    ['F', true, true],
    ['P', true, false],
    ['0', true, true],
    ['100', true, true],
    ['101', false, false],
    ['-1', false, false],
    ['1e1', false, false],
    ['b', false, false],
    ['', false, false],
  ])('knows %j as a grade: %s, and as a least grade: %s', (text, isGrade, isRanked) => {
    expect([scale.isGrade(text), scale.isRanked(text)]).toEqual([isGrade, isRanked]);
  });

  it('is what a campus configures', () => {
    const own = new GradeScale('HD, D, CR, PS | PC, N', 65);
    expect(['HD', 'PS', 'PC', 'N', '64', '65'].map((grade) => own.passes(grade))).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
    ]);
    expect([own.reaches('D', 'CR'), own.reaches('PS', 'CR')]).toEqual([true, false]);
    expect(new GradeScale('A,B').passes('B')).toBe(true);
    expect(new GradeScale('1.0,1.3,2.0,4.0|5.0').reaches('1.3', '2.0')).toBe(true);
  });

  it.each(['', '|', '|F', 'A,,B', 'A,B|B', 'A,A', 'A|B|C', 'A,P', 'A,50', 'A B', 'A,' + 'B'.repeat(11)])(
    'is not made of %j',
    (grades) => {
      expect(() => new GradeScale(grades)).toThrow(RangeError);
    },
  );

  it.each([-1, 101, 49.5, Number.NaN])('has no mark %d that passes', (passMark) => {
    expect(() => new GradeScale(defaultGrades, passMark)).toThrow(RangeError);
  });
});

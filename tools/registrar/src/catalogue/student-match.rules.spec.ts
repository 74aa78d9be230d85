import { describe, expect, it } from 'vitest';
import { bothMatch, matchOf, matchOfAny } from './student-match.rules.ts';
import type { RestrictionMatch } from './student-match.rules.ts';

describe('who is meant', () => {
  it.each<[string, RestrictionMatch]>([
    ['junior standing', { levels: ['junior', 'senior'] }],
    ['freshman standing', { levels: ['freshman'] }],
    ['Senior standing', { levels: ['senior'] }],
    ['Junior standing or higher', { levels: ['junior', 'senior'] }],
    ['Undergraduates must have junior standing', { levels: ['junior', 'senior'] }],
    ['freshman or sophomore standing', { levels: ['freshman', 'sophomore'] }],
    ['Restricted to juniors or seniors', { levels: ['junior', 'senior'] }],
    ['Restricted to juniors', { levels: ['junior'] }],
    ['open to first-year students only', { levels: ['freshman'] }],
    ['upper-division standing', { levels: ['junior', 'senior'] }],
    ['graduate-student standing', { levels: ['graduate'] }],
    ['Graduate student status required', { levels: ['graduate'] }],
    ['Must be in Economics Bachelor of Arts program', { programs: ['Economics Bachelor of Arts'] }],
    ['Must be in Business (MS) program OR Permission of BMGT-Dean', { programs: ['Business (MS)'] }],
    ['restricted to MECL majors with senior standing', { programs: ['MECL'], levels: ['senior'] }],
    ['Restricted to AERO and ASPC majors', { programs: ['AERO', 'ASPC'] }],
    ['Open to Sophomore Nursing majors only', { programs: ['Nursing'], levels: ['sophomore'] }],
    ['Open to Enduring Questions students only', { groups: ['Enduring Questions'] }],
  ])('%s', (text, match) => {
    expect(matchOf(text)).toEqual(match);
  });

  it.each([
    'Must be in a major within the Kinesiology department',
    'Must be in A program or B program',
    'Open to seniors in the professional semester only',
    'senior standing in chemical engineering',
    'first-year math majors',
    'limited to first-year students enrolled in the Learning Community',
    'Must not be a fluent speaker',
    '',
    'standing',
  ])('is not guessed: %s', (text) => {
    expect(matchOf(text)).toBeUndefined();
  });

  it('of alternatives is one list, where they are of one kind', () => {
    expect(matchOfAny(['senior status', 'graduate standing'])).toEqual({ levels: ['senior', 'graduate'] });
    expect(matchOfAny(['Must be in Art program', 'must be in the Dance program'])).toEqual({
      programs: ['Art', 'Dance'],
    });
    expect(matchOfAny(['senior status', 'must be in the Dance program'])).toBeUndefined();
    expect(matchOfAny(['Sophomore standing', 'junior standing'])).toEqual({
      levels: ['sophomore', 'junior'],
    });
    expect(matchOfAny([])).toBeUndefined();
  });

  it('of two rules is who fits both', () => {
    expect(bothMatch({ levels: ['junior', 'senior'] }, { levels: ['senior', 'graduate'] })).toEqual({
      levels: ['senior'],
    });
    expect(bothMatch({ levels: ['junior'] }, { programs: ['CS'] })).toEqual({
      levels: ['junior'],
      programs: ['CS'],
    });
    expect(bothMatch({ programs: ['CS'] }, { programs: ['MATH'] })).toBeUndefined();
    expect(bothMatch({ levels: ['junior'] }, { levels: ['senior'] })).toBeUndefined();
    expect(bothMatch(null, { levels: ['senior'] })).toEqual({ levels: ['senior'] });
  });
});

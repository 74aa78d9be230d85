import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textRules } from './text-rules.rules.ts';

const read = (...texts: string[]) => textRules(texts, { unread: 'text' });

describe('rules in English', () => {
  it('become a requirement, a restriction and consent, each for its part', () => {
    expect(read('Prerequisites: ENGR 2050, MTLE 4910 and senior status.').fields).toEqual({
      requirement: { all: [{ course: 'ENGR 2050' }, { course: 'MTLE 4910' }] },
      restriction: { levels: ['senior'] },
      consent: 'none',
    });
    expect(read('Prerequisite: BIOL 4310 and permission of instructor').fields).toEqual({
      requirement: { course: 'BIOL 4310' },
      restriction: null,
      consent: 'instructor',
    });
    expect(read('Registration by permission of instructor only.').fields.consent).toBe('instructor');
    expect(read('Permission of instructor required to enroll in this course').fields.consent).toBe(
      'instructor',
    );
    expect(read('Permission of instructor.')).toMatchObject({
      fields: { consent: 'instructor' },
      losses: [],
      kept: [],
    });
  });

  it('of several texts hold together', () => {
    expect(read('MATH 140.', 'Corequisite: PHYS 161', 'Junior standing or higher.', '').fields).toEqual({
      requirement: { all: [{ course: 'MATH 140' }, { course: 'PHYS 161', concurrent: true }] },
      restriction: { levels: ['junior', 'senior'] },
      consent: 'none',
    });
    expect(read('Restricted to juniors.', 'Restricted to seniors.')).toMatchObject({
      fields: { restriction: { levels: ['junior'] } },
      kept: ['Restricted to seniors.'],
      losses: [{ kind: 'text' }],
    });
  });

  it('ask for a permit where they let people decide: nothing is lost', () => {
    const { fields, losses, kept } = read(
      'Must be in Art program; or must be in Dance program; or permission of instructor.',
    );
    expect(fields).toEqual({
      requirement: null,
      restriction: { programs: ['Art', 'Dance'] },
      consent: 'none',
    });
    expect([losses, kept.length]).toEqual([[], 1]);
  });

  it('lose an alternative to courses that no requirement has', () => {
    expect(read('MATH 1010 or senior standing.')).toMatchObject({
      fields: { requirement: { course: 'MATH 1010' }, restriction: null },
      losses: [{ kind: 'text', cause: expect.stringContaining('An alternative to courses') as string }],
      kept: ['MATH 1010 or senior standing.'],
    });
    expect(read('Junior standing; MATH 1010 or a placement test.').losses).toHaveLength(1);
  });

  it('that cannot be read stay whole, and are a loss, or take a permit', () => {
    const text = 'Prerequisites: MATH 1020 and some knowledge of matrices.';
    expect(read(text)).toMatchObject({
      fields: { requirement: null, consent: 'none' },
      kept: [text],
      losses: [{ kind: 'text', detail: `"some knowledge of matrices" in "${text}"` }],
    });
    expect(textRules([text], { unread: 'permit' })).toMatchObject({
      fields: { requirement: null, consent: 'instructor' },
      kept: [text],
      losses: [],
      remarks: [expect.stringContaining('could not be read') as string],
    });
  });

  it('of any text lose no course: it is in a field, or the text is kept', () => {
    const words = fc.constantFrom(
      'MATH 1010',
      'and',
      'or',
      ',',
      ';',
      '.',
      '(',
      ')',
      'senior standing',
      'permission of instructor',
      'or equivalent',
      'C- or better in',
      'junk',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(words).map((each) => each.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { losses, kept, fields } = read(text);
        if (losses.length > 0) expect(kept).toEqual([text.trim()]);
        else if (text.includes('MATH 1010')) expect(JSON.stringify([fields, kept])).toContain('MATH 1010');
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { membershipsIn } from './memberships.rules.ts';

describe('programs that a text names', () => {
  it.each([
    ['Must be in Dance program.', ['Dance'], ''],
    ['Must be in a major within the SPHL-Kinesiology department', ['SPHL-Kinesiology'], ''],
    ['Must be in Business (MS) program OR permission of BMGT-Dean', ['Business (MS)'], ''],
    [
      'Must be in a major within the CMNS-Computer Science department; or must be in Engineering: Computer program; or must be in the Computer Science Minor program.',
      ['CMNS-Computer Science', 'Engineering: Computer', 'Computer Science Minor'],
      '',
    ],
    [
      'Must be in one of the following programs (Geography; GIS & Cartography) ; or permission of instructor.',
      ['Geography', 'GIS & Cartography'],
      '',
    ],
    [
      'Must be in Communication program; and (sophomore standing; or junior standing).',
      ['Communication'],
      '(sophomore standing; or junior standing)',
    ],
    [
      'MATH 141; and must be in a major in Physics; and permission of the chair',
      ['Physics'],
      'MATH 141; and permission of the chair',
    ],
  ])('%s', (text, programs, rest) => {
    expect(membershipsIn(text)).toMatchObject({ programs, rest });
  });

  it.each([
    '',
    '.',
    'MATH 141',
    'Must be in M.',
    'Must be in a major in ENGR-A. James Clark School',
    'Must be in A program or B program',
    'Must be in Dance program and Music program',
    'Must be in a major in Physics and MATH 141',
    'Must be in a degree program',
    'Must be in a graduate program',
    'Must be in Dance program; or senior standing',
    'Must be in Geospatial Information Sciences and Some More (Master) program',
    'Permission of instructor',
    'Must be in one of the following programs ()',
    'Must be in; and; or',
  ])('is not guessed: %s', (text) => {
    expect(membershipsIn(text)).toBeUndefined();
  });
});
